"""Who is told about a task: whoever is given one by somebody else, and who gave it when it is handed back.

Nobody is told what they did themselves.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.core import notices
from app.core.actors import Actor
from app.extensions import db
from app.people.queries import helpers_of
from app.tasks.models import Task
from app.workinggroups.keys import contributors_key, group_key, holders_of_contributors

ASSIGNED = "tasks.assigned"
HANDED_BACK = "tasks.handed_back"
STALE_AFTER = timedelta(days=7)
"""A mail that could not leave for a week says old news."""


def tell_assigned(actor: Actor, task: Task, *, now: datetime) -> None:
    """Tell the owner, unless they gave it to themselves; who has no e-mail learns it through their helpers."""
    if task.owner_id is None or task.owner_id == actor.person_id:
        return
    _tell({task.owner_id} | helpers_of([task.owner_id])[task.owner_id], ASSIGNED, task, task.owner_id, now)


def tell_handed_back(actor: Actor, task: Task, given_by: UUID | None, *, now: datetime) -> None:
    """Tell who had given a task that it has no owner again."""
    if given_by is not None and actor.person_id is not None:
        _tell({given_by}, HANDED_BACK, task, actor.person_id, now)


def _tell(person_ids: set[UUID], kind: str, task: Task, about: UUID, now: datetime) -> None:
    notices.tell_many(
        sorted(person_ids, key=str),
        kind,
        f"{task.id}:{now.isoformat()}",  # a task may come and go to one person several times
        {"task": str(task.id), "about": str(about)},
        now=now,
        audience=group_key(task.group_id),
        expires_at=now + STALE_AFTER,
    )


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked before a mail leaves: it is still to be done, and still theirs, or still nobody's."""
    task = db.session.get(Task, UUID(notice.parameters["task"]))
    if task is None or task.removed_at is not None or not task.is_to_do:
        return False
    about = UUID(notice.parameters["about"])
    if notice.kind == ASSIGNED:
        return task.owner_id == about
    inside = holders_of_contributors(contributors_key(task.group_id), now)
    return task.owner_id is None and task.given_back_by == about and notice.person_id in inside
