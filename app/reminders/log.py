"""What is planned and not due yet, for the log of mails."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.extensions import db
from app.mailings.planned import Planned as Line
from app.moments.models import Moment
from app.reminders.models import PlannedReminder
from app.reminders.topics import DATES, NEAR, OWN

TOPICS = {"session": NEAR, "meeting": NEAR, "event": NEAR, "intake": NEAR, "task": OWN, "outcome": OWN, "decision": OWN}
"""Topics by the kinds of moments; all else is a date of a body."""


def planned(actor: Actor, now: datetime, limit: int, topic: str) -> list[Line]:
    """Return the reminders that are due next, of dates that the reader may see, soonest first."""
    wanted = (
        sa.select(PlannedReminder.due_at, Moment.subject_kind, Moment.subject_id)
        .join(Moment, Moment.id == PlannedReminder.moment_id)
        .where(PlannedReminder.done_at.is_(None), PlannedReminder.due_at > now, visible_to(actor, Moment.audience))
        .order_by(PlannedReminder.due_at, PlannedReminder.id)
        .limit(limit)
    )
    if topic:
        wanted = wanted.where(_is_about(topic))
    return [Line(due_at, TOPICS.get(kind, DATES).code, kind, id_) for due_at, kind, id_ in db.session.execute(wanted)]


def _is_about(topic: str) -> sa.ColumnElement[bool]:
    if topic == DATES.code:
        return Moment.subject_kind.not_in(TOPICS)
    return Moment.subject_kind.in_([kind for kind, among in TOPICS.items() if among.code == topic])
