"""Messages are told of once an hour, and forgotten a year after they were answered."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core.database import change_rows
from app.extensions import db
from app.house import telling
from app.house.models import ContactMessage

KEPT = timedelta(days=365)


def drop_answered(now: datetime) -> int:
    """Delete messages answered more than a year ago; returns how many."""
    dropped = change_rows(sa.delete(ContactMessage).where(ContactMessage.answered_at < now - KEPT))
    db.session.commit()
    return dropped


def tell_of_more(now: datetime) -> int:
    """Tell those who got more than one message in the hour before this one; returns how many audiences. Again within
    the hour tells nobody twice."""
    audiences = telling.audiences_with_more(now)
    for audience in audiences:
        telling.tell_message(audience, now=now)
        db.session.commit()
    return len(audiences)
