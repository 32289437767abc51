"""Reminders for tests: the worker's ticks, and what it told."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from app.core.notices import Notice
from app.extensions import db
from app.moments.models import Moment
from app.people.models import Person
from app.reminders.jobs import remind
from app.reminders.models import PlannedReminder
from app.reminders.services import mark
from tests.conftest import START


def plan_all(now: datetime = START) -> None:
    """Plan everything that was made without the services that leave marks."""
    mark(db.session.scalars(sa.select(Moment.id)), now=now)
    db.session.commit()
    remind(now)


def planned(moment: Moment) -> list[tuple[int, datetime]]:
    """Return the unsent reminders of a moment: minutes, and when they are due."""
    rows = db.session.scalars(
        sa.select(PlannedReminder)
        .where(PlannedReminder.moment_id == moment.id, PlannedReminder.done_at.is_(None))
        .order_by(PlannedReminder.due_at)
    )
    return [(row.minutes, row.due_at) for row in rows]


def told(kind: str = "reminders.%", person: Person | None = None) -> list[Notice]:
    """Return the notices of reminders, oldest first."""
    wanted = sa.select(Notice).where(Notice.kind.like(kind)).order_by(Notice.created_at, Notice.key)
    if person is not None:
        wanted = wanted.where(Notice.person_id == person.id)
    return list(db.session.scalars(wanted))
