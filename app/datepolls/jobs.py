"""What the house does by itself: it reminds those who have not answered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.database import change_rows
from app.core.jobs import each
from app.datepolls import telling
from app.datepolls.models import DatePoll
from app.extensions import db


def remind_silent(now: datetime) -> int:
    """Tell who has not answered that a date poll closes within a day; returns how many polls were due."""
    due = sa.select(DatePoll.id).where(DatePoll.remind_at <= now).order_by(DatePoll.remind_at)
    return each("datepolls", list(db.session.scalars(due)), lambda poll_id: _remind(poll_id, now))


def _remind(poll_id: UUID, now: datetime) -> int:
    """Claimed first, so that two workers tell nobody twice."""
    claimed = sa.update(DatePoll).where(DatePoll.id == poll_id, DatePoll.remind_at <= now)
    if change_rows(claimed.values(remind_at=None)) != 1:
        return 0
    poll = db.session.get_one(DatePoll, poll_id)
    if poll.is_open(now):
        telling.tell_closing(poll, now=now)
    return 1
