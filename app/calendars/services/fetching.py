"""When a calendar is read again: who has it at the moment, how long it rests after a failure."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.calendars.models import CalendarFeed, FeedState
from app.core.database import change_rows

LEASE = timedelta(minutes=5)
EVERY = timedelta(minutes=30)
EVERY_FILE = timedelta(hours=12)
"""A file does not change, and its series reach further every day all the same."""

RESTS = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))
"""How long a calendar is left alone after its first, second, third and every further failure in a row."""


def claim_feed(feed_id: UUID, *, now: datetime) -> bool:
    """Take a calendar that is due; False where another worker has it. What a dead worker had is free again later."""
    free = sa.or_(CalendarFeed.lease_until.is_(None), CalendarFeed.lease_until < now)
    due = sa.and_(CalendarFeed.id == feed_id, CalendarFeed.state == FeedState.ACTIVE, CalendarFeed.next_at <= now)
    return change_rows(sa.update(CalendarFeed).where(due, free).values(lease_until=now + LEASE)) == 1


def due_after_success(feed: CalendarFeed, now: datetime) -> datetime:
    """Return when a calendar is due again: each at its own minute, so that they do not all knock at once."""
    spread = timedelta(seconds=feed.id.int % 300)
    return now + (EVERY if feed.address else EVERY_FILE) + spread


def note_fetched(feed: CalendarFeed, *, now: datetime, body: bytes | None, etag: str, last_modified: str) -> None:
    """Keep what came and what makes the next request a small one; nothing new where `body` is None."""
    if body is not None:
        feed.body, feed.etag, feed.last_modified = body, etag, last_modified
    feed.failures, feed.last_error = 0, ""
    feed.last_ok_at = feed.last_tried_at = now
    feed.lease_until, feed.next_at = None, due_after_success(feed, now)


def note_failure(feed: CalendarFeed, code: str, *, now: datetime) -> None:
    """Keep why nothing came, and let the calendar rest the longer the more often that happened. Its events stay."""
    rest = RESTS[min(feed.failures, len(RESTS) - 1)]
    feed.failures += 1
    feed.last_error, feed.last_tried_at = code, now
    feed.lease_until, feed.next_at = None, now + rest
