"""The date of a task: a moment of its own for the people of the group, set, changed, called off or taken back."""

from __future__ import annotations

from datetime import datetime

from app.core.actors import Actor
from app.extensions import db
from app.moments.models import Certainty, Precision, Status
from app.moments.services import change_moment, create_moment
from app.moments.timing import Timing
from app.tasks.models import TASK, Task, TaskState
from app.workinggroups.keys import group_key


def certainty_of(by: Timing, *, is_around: bool) -> Certainty:
    """A day that is only about right is an estimate; a month or a year says by itself how little is known."""
    return Certainty.ESTIMATED if is_around and by.precision is Precision.DAY else Certainty.VERIFIED


def set_date(actor: Actor, task: Task, by: Timing | None, *, is_around: bool, now: datetime) -> None:
    """Give a task its date, another one, or none. A date that was taken back leaves no trace in calendars: nobody has
    to be told that there is none. Raises the errors of `timing.resolve`."""
    moment = task.moment
    if by is None:
        if moment is not None:
            task.moment = None
            db.session.flush()
            db.session.delete(moment)
        return
    certainty = certainty_of(by, is_around=is_around)
    status = _status(task, by.precision, certainty)
    if moment is not None:
        change_moment(actor, moment, timing=by, status=status, certainty=certainty, now=now)
        return
    task.moment = create_moment(
        actor,
        subject_kind=TASK,
        subject_id=task.id,
        audience=group_key(task.group_id),
        timing=by,
        status=status,
        certainty=certainty,
        now=now,
    )


def follow_state(actor: Actor, task: Task, now: datetime) -> None:
    """Call the date of a dropped or removed task off, so that no calendar goes on asking for it; let it stand again
    when the task does."""
    moment = task.moment
    if moment is not None:
        status = _status(task, moment.precision, moment.certainty)
        change_moment(actor, moment, status=status, now=now)


def _status(task: Task, precision: Precision, certainty: Certainty) -> Status:
    """A group decides its own dates: an exact day is confirmed, all else is expected."""
    if task.removed_at is not None or task.state is TaskState.DROPPED:
        return Status.CANCELLED
    is_exact = precision is Precision.DAY and certainty is Certainty.VERIFIED
    return Status.CONFIRMED if is_exact else Status.PLANNED
