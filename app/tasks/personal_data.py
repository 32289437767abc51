"""A person's traces here: tasks they have, gave, handed back or noted. The task is the group's and stays with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.extensions import db
from app.tasks.models import TO_DO, Task, TaskState
from app.workinggroups.models import WorkingGroup

HOLDINGS = {
    "tasks": Holding(_l("Tasks of working groups: taken on, given to others or noted"), stays=True),
    "handed_back": Holding(_l("Tasks handed back, with the words said")),
}

_HANDS = (Task.owner_id, Task.assigned_by, Task.noted_by, Task.given_back_by)


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return the tasks in which the person had a hand, oldest first."""
    hand = sa.or_(Task.owner_id == person_id, Task.assigned_by == person_id, Task.noted_by == person_id)
    return {
        "tasks": [
            {
                "group": slug,
                "words": task.words,
                "language": task.language,
                "state": task.state.value,
                "is_mine": task.owner_id == person_id,
                "given_by_me": task.assigned_by == person_id,
                "noted_by_me": task.noted_by == person_id,
                "noted_at": task.noted_at.isoformat(),
            }
            for task, slug in _tasks(hand)
        ],
        "handed_back": [
            {
                "group": slug,
                "words": task.words,
                "said": task.given_back_words,
                "at": task.given_back_at.isoformat() if task.given_back_at else None,
            }
            for task, slug in _tasks(Task.given_back_by == person_id)
        ],
    }


def _tasks(which: sa.ColumnElement[bool]) -> list[tuple[Task, str]]:
    wanted = (
        sa.select(Task, WorkingGroup.slug)
        .join(WorkingGroup, WorkingGroup.id == Task.group_id)
        .where(which)
        .order_by(Task.noted_at, Task.id)
    )
    return [(task, slug) for task, slug in db.session.execute(wanted)]


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Let the one person's hand be the other's."""
    for column in _HANDS:
        _run(sa.update(Task).where(column == gone_id).values({column.key: kept_id}))


def erase_person(person_id: UUID, now: datetime) -> None:
    """Give what was still to be done back to the group and forget whose hand it was; the words they left go."""
    to_do = sa.update(Task).where(Task.owner_id == person_id, Task.state.in_(TO_DO))
    _run(to_do.values(state=TaskState.OPEN, given_back_at=now, assigned_by=None))
    _run(sa.update(Task).where(Task.given_back_by == person_id).values(given_back_words=""))
    for column in _HANDS:
        _run(sa.update(Task).where(column == person_id).values({column.key: None}))


def _run(statement: sa.Update) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
