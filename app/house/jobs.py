"""Messages are forgotten a year after they were answered."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core.database import change_rows
from app.extensions import db
from app.house.models import ContactMessage

KEPT = timedelta(days=365)


def drop_answered(now: datetime) -> int:
    """Delete messages answered more than a year ago; returns how many."""
    dropped = change_rows(sa.delete(ContactMessage).where(ContactMessage.answered_at < now - KEPT))
    db.session.commit()
    return dropped
