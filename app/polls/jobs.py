"""What the house does by itself: it reminds those who have not answered, and closes polls whose time is over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.database import change_rows
from app.core.jobs import each
from app.extensions import db
from app.moments.models import Moment
from app.polls import telling
from app.polls.models import Poll
from app.polls.services.closing import close_poll


def remind_silent(now: datetime) -> int:
    """Tell who has not answered that a poll closes within a day; returns how many polls were due."""
    due = sa.select(Poll.id).where(Poll.remind_at <= now).order_by(Poll.remind_at)
    return each("polls", list(db.session.scalars(due)), lambda poll_id: _remind(poll_id, now))


def _remind(poll_id: UUID, now: datetime) -> int:
    """Claimed first, so that two workers tell nobody twice."""
    claimed = sa.update(Poll).where(Poll.id == poll_id, Poll.remind_at <= now)
    if change_rows(claimed.values(remind_at=None)) != 1:
        return 0
    poll = db.session.get_one(Poll, poll_id)
    if poll.is_open(now):
        telling.tell_closing(poll, now=now)
    return 1


def close_ended(now: datetime) -> int:
    """Close polls whose time is over, however late, and cut answers from persons where only counts are shown; returns
    how many."""
    due = (
        sa.select(Poll.id)
        .join(Moment, Moment.id == Poll.moment_id)
        .where(Poll.closed_at.is_(None), Poll.laid_down_at.is_(None), Moment.until <= now)
        .order_by(Moment.until, Poll.id)
    )
    return each("polls", list(db.session.scalars(due)), lambda poll_id: _close(poll_id, now))


def _close(poll_id: UUID, now: datetime) -> int:
    return int(close_poll(db.session.get_one(Poll, poll_id), now=now))
