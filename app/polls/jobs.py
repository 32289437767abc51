"""What the house does by itself: it reminds those who have not answered, and closes polls whose time is over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.jobs import each, remind
from app.extensions import db
from app.moments.models import Moment
from app.polls import telling
from app.polls.models import Poll
from app.polls.services.closing import close_poll


def remind_silent(now: datetime) -> int:
    """Tell who has not answered that a poll closes within a day; returns how many polls were due."""
    return remind("polls", Poll, lambda poll: poll.is_open(now) and telling.tell_closing(poll, now=now), now)


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
