"""Who has a task: taken with one click, handed back with a word, given back when somebody leaves."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.outcomes.words import check_words
from app.tasks import events, telling
from app.tasks.models import TO_DO, Task, TaskState
from app.tasks.services.noting import record
from app.tasks.words import LONGEST_BACK

NOBODYS = {"owner_id": None, "assigned_by": None, "state": TaskState.OPEN}
"""What giving back sets: nobody is at it any more."""

TAKEN = {"given_back_by": None, "given_back_at": None, "given_back_words": "", "assigned_by": None}


class TakenMeanwhile(RuleBroken):
    """Somebody else was quicker, or the task is closed or gone."""


def take_task(actor: Actor, task: Task, *, now: datetime) -> Task:
    """Make a task of nobody one's own; twice is once. Raises `TakenMeanwhile`: of two who click at once, one has it."""
    if task.owner_id == actor.person_id and task.is_to_do:
        return task
    _check_free(task)
    require(actor, "tasks.take", task)
    free = sa.update(Task).where(
        Task.id == task.id, Task.owner_id.is_(None), Task.state.in_(TO_DO), Task.removed_at.is_(None)
    )
    taken = change_rows(free.values(owner_id=actor.person_id, **TAKEN))
    db.session.refresh(task)
    if not taken:
        _check_free(task)
        return task
    record(actor, "taken", task, now)
    events.task_changed.send(task, actor=actor, now=now)
    return task


def _check_free(task: Task) -> None:
    if not task.is_to_do or task.removed_at is not None:
        raise TakenMeanwhile(_l("This task is closed already. Open it again first if there is more to do."))
    if task.owner_id is not None:
        raise TakenMeanwhile(_l("Somebody else has taken this task. See whether another one waits for you."))


def hand_back(actor: Actor, task: Task, *, words: str = "", now: datetime) -> Task:
    """Give one's own task back to the group, with a word if one likes; who had given it is told. Twice is once.
    Raises `RuleBroken` at `words`."""
    if task.owner_id is None and task.given_back_by == actor.person_id:
        return task
    require(actor, "tasks.hand_back", task)
    said = check_words(words, field="words", longest=LONGEST_BACK, missing="") if words.strip() else ""
    given_by = task.assigned_by
    back = {"given_back_by": actor.person_id, "given_back_at": now, "given_back_words": said}
    own = sa.update(Task).where(Task.id == task.id, Task.owner_id == actor.person_id)
    if change_rows(own.values(**NOBODYS, **back)):
        db.session.refresh(task)
        record(actor, "handed_back", task, now)
        events.task_changed.send(task, actor=actor, now=now)
        telling.tell_handed_back(actor, task, given_by, now=now)
    return task


def release_tasks(actor: Actor, group_id: UUID, person_id: UUID, *, now: datetime) -> int:
    """Give what somebody who leaves a group had taken on back to the group; returns how many tasks. No `require`: that
    they may leave was asked by whoever let them go."""
    theirs = list(db.session.scalars(_to_do_of(person_id).where(Task.group_id == group_id)))
    back = {"given_back_by": person_id, "given_back_at": now, "given_back_words": ""}
    for task in theirs:
        for name, value in (NOBODYS | back).items():
            setattr(task, name, value)
        record(actor, "released", task, now)
        events.task_changed.send(task, actor=actor, now=now)
    db.session.flush()
    return len(theirs)


def _to_do_of(person_id: UUID) -> sa.Select[Task]:
    return sa.select(Task).where(Task.owner_id == person_id, Task.state.in_(TO_DO), Task.removed_at.is_(None))
