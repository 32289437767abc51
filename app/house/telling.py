"""Telling those who answer that messages wait: at most one mail per hour and person, however many messages come.

The first message of an hour is told at once. What comes after it in the same hour is told when the hour is over, by a
job, if it is not answered by then: otherwise a flood of messages would be a flood of mails.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core import notices
from app.core.registries import audience_holders
from app.extensions import db
from app.house.models import ContactMessage

MESSAGE_CAME = "house.message_came"
HOUR = timedelta(hours=1)


def tell_message(audience: str, *, now: datetime) -> None:
    """Tell those who hold an audience that messages wait for it, once per hour of UTC. No identifier of a message goes
    along: the mail leads to the list."""
    hour = _hour_of(now).isoformat()
    persons = sorted(audience_holders(audience, now), key=str)
    notices.tell_many(persons, MESSAGE_CAME, f"{audience}@{hour}", {"audience": audience}, now=now, audience=audience)


def audiences_with_more(now: datetime) -> list[str]:
    """Return who got more than the one message they were told of in the hour before this one, and has not answered."""
    this_hour = _hour_of(now)
    waits = sa.func.sum(sa.case((ContactMessage.answered_at.is_(None), 1), else_=0))
    found = (
        sa.select(ContactMessage.audience)
        .where(ContactMessage.sent_at >= this_hour - HOUR, ContactMessage.sent_at < this_hour)
        .group_by(ContactMessage.audience)
        .having(sa.func.count() > 1, waits > 0)
    )
    return sorted(db.session.scalars(found))


def is_waiting(audience: str) -> bool:
    """Whether a message to this audience waits for its answer."""
    waiting = sa.exists().where(ContactMessage.audience == audience, ContactMessage.answered_at.is_(None))
    return bool(db.session.scalar(sa.select(waiting)))


def _hour_of(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)
