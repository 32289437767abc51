"""What the house does by itself: it reminds those who have not answered."""

from __future__ import annotations

from datetime import datetime

from app.core.jobs import remind
from app.datepolls import telling
from app.datepolls.models import DatePoll


def remind_silent(now: datetime) -> int:
    """Tell who has not answered that a date poll closes within a day; returns how many polls were due."""
    return remind("datepolls", DatePoll, lambda poll: poll.is_open(now) and telling.tell_closing(poll, now=now), now)
