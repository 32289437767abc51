"""A task is begun, done, dropped, opened again; what was noted by mistake is removed."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.database import change_rows
from app.core.permissions import require
from app.extensions import db
from app.tasks import events
from app.tasks.models import TO_DO, Task, TaskState
from app.tasks.services.dates import follow_state
from app.tasks.services.noting import record
from app.workinggroups.keys import contributors_key, holders_of_contributors


def set_state(actor: Actor, task: Task, *, state: TaskState, now: datetime) -> Task:
    """Say that a task is under way, done, dropped, or open again; twice is once, and is announced once. The date of
    what was dropped is called off."""
    require(actor, "tasks.give_up" if state is TaskState.DROPPED else "tasks.change", task)
    closed_at = None if state in TO_DO else now
    changed = change_rows(
        sa.update(Task)
        .where(Task.id == task.id, Task.removed_at.is_(None), Task.state != state)
        .values(state=state, closed_at=closed_at)
    )
    if changed:
        db.session.refresh(task)
        _let_go_of_the_gone(task, now)
        follow_state(actor, task, now)
        record(actor, "state_changed", task, now, state=state.value)
        events.task_state_changed.send(task, actor=actor, now=now)
    return task


def remove_task(actor: Actor, task: Task, *, now: datetime) -> Task:
    """Take away what was noted by mistake; its date is called off. Twice is once."""
    require(actor, "tasks.give_up", task)
    removed = change_rows(sa.update(Task).where(Task.id == task.id, Task.removed_at.is_(None)).values(removed_at=now))
    if removed:
        db.session.refresh(task)
        follow_state(actor, task, now)
        record(actor, "removed", task, now)
        events.task_removed.send(task, actor=actor, now=now)
    return task


def _let_go_of_the_gone(task: Task, now: datetime) -> None:
    """What is open again, and was done by somebody who has left since, is nobody's."""
    if not task.is_to_do or task.owner_id is None:
        return
    if task.owner_id not in holders_of_contributors(contributors_key(task.group_id), now):
        task.given_back_by, task.given_back_at = task.owner_id, now
        task.owner_id, task.assigned_by = None, None
