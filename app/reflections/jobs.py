"""Drafts that nobody made their own are forgotten after sixty days."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core.database import change_rows
from app.extensions import db
from app.reflections.models import Draft

KEPT = timedelta(days=60)


def drop_old_drafts(now: datetime) -> int:
    """Delete drafts taken down more than sixty days ago; returns how many."""
    dropped = change_rows(sa.delete(Draft).where(Draft.taken_at < now - KEPT))
    db.session.commit()
    return dropped
