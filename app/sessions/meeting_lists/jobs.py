"""Lists of meetings that nobody finished are forgotten: they hold names and addresses."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core.database import change_rows
from app.extensions import db
from app.sessions.models import MeetingList

KEPT = timedelta(days=7)


def drop_old_lists(now: datetime) -> int:
    """Delete lists that were brought more than a week ago; returns how many."""
    dropped = change_rows(sa.delete(MeetingList).where(MeetingList.brought_at < now - KEPT))
    db.session.commit()
    return dropped
