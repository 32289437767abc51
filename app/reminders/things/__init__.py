"""What reminders are about. Each kind of thing is read from the tables of its own package, in as many queries for one
moment as for many; who is not read here is reminded of by nobody."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from app.core.remembering import remembered
from app.extensions import db
from app.moments.models import Moment
from app.reminders.things.bodies import read_occurrences, read_steps
from app.reminders.things.events import read_events
from app.reminders.things.gatherings import read_gatherings, read_windows
from app.reminders.things.groups import read_reviews, read_tasks
from app.reminders.things.outcomes import read_outcomes
from app.reminders.things.shape import Thing

READERS = (
    read_gatherings,
    read_events,
    read_windows,
    read_tasks,
    read_outcomes,
    read_reviews,
    read_steps,
    read_occurrences,
)
SUBJECTS = ("session", "meeting", "intake", "task", "outcome", "decision", "step", "occurrence")
"""The kinds of moments that any of them reads, but for events: of these there may be thousands, and few are reminded
of (`receivers`)."""


def read_things(moments: Collection[Moment]) -> dict[UUID, Thing]:
    """Return the things of moments, by moment."""
    return {thing.moment.id: thing for read in READERS for thing in read(moments)}


@remembered
def find_thing(moment_id: UUID) -> Thing | None:
    """Return the thing of one moment; None where it is gone, or nobody is reminded of it."""
    moment = db.session.get(Moment, moment_id)
    return read_things([moment]).get(moment_id) if moment is not None else None


__all__ = ["SUBJECTS", "Thing", "find_thing", "read_things"]
