"""What the house does by itself: it reads calendars that are due, and forgets those that were only looked at."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import structlog

from app.calendars import queries, services
from app.calendars.fetching import Fetched, NotFetched, fetch_calendar
from app.calendars.models import CalendarFeed
from app.calendars.reading import Reading, UnreadableCalendar, read
from app.core import clock
from app.core.actors import job
from app.core.addresses import absolute
from app.core.clock import Clock
from app.core.jobs import each
from app.extensions import db

AT_ONCE = 20
"""So many are read in one round, so that other jobs of the worker have their turn."""

READER = job("calendars.read_due")
BROKEN = "broken"
"""Why a calendar could not be kept, where the fault is the house's own."""


def read_due(now: datetime) -> int:
    """Read the calendars that are due, each by itself: one that fails rests, and costs none of the others. Names and
    addresses stand in no log."""
    ids, running = list(queries.list_due(now, AT_ONCE)), clock.running_from(now)
    db.session.rollback()
    return sum(_read_one(feed_id, now, running) for feed_id in ids)


def _read_one(feed_id: UUID, now: datetime, running: Clock) -> int:
    """Those before it may have taken minutes: its lease begins when its turn comes."""
    is_mine = services.claim_feed(feed_id, now=running())
    db.session.commit()
    if not is_mine:
        return 0
    try:
        _read_anew(feed_id, now)
    except (NotFetched, UnreadableCalendar) as error:
        _fail(feed_id, error.code if isinstance(error, NotFetched) else error.trouble.value, now)
    except Exception as error:
        structlog.get_logger().exception("calendars.failed", row=str(feed_id), kind=type(error).__name__)
        _fail(feed_id, BROKEN, now)
    return 1


def _read_anew(feed_id: UUID, now: datetime) -> None:
    """Fetch and read outside of any transaction, then keep it, a batch in each."""
    feed = db.session.get_one(CalendarFeed, feed_id)
    address, etag, last_modified, zone, body = feed.address, feed.etag, feed.last_modified, feed.zone, feed.body
    db.session.rollback()
    fetched = Fetched(None)
    if address:
        fetched = fetch_calendar(address, etag=etag, last_modified=last_modified)
    reading = read(fetched.body if fetched.body is not None else body, zone=zone, now=now)
    while _keep_batch(feed_id, reading, now):
        db.session.commit()
    feed = db.session.get_one(CalendarFeed, feed_id)
    services.note_fetched(feed, now=now, body=fetched.body, etag=fetched.etag, last_modified=fetched.last_modified)
    db.session.commit()


def _keep_batch(feed_id: UUID, reading: Reading, now: datetime) -> bool:
    """Keep so many changes at once that nobody waits long; return whether there are more."""
    feed = db.session.get_one(CalendarFeed, feed_id)
    kept = services.keep_reading(READER, feed, reading, own_address=absolute(""), most=services.BATCH, now=now)
    return kept.has_more


def _fail(feed_id: UUID, code: str, now: datetime) -> None:
    db.session.rollback()
    feed = db.session.get(CalendarFeed, feed_id)
    if feed is not None:
        services.note_failure(feed, code, now=now)
    db.session.commit()


def forget_tried(now: datetime) -> int:
    """Forget calendars that were looked at a day ago and not taken in."""

    def forget(feed_id: UUID) -> int:
        services.forget_tried(READER, db.session.get_one(CalendarFeed, feed_id), now=now)
        return 1

    ids = [feed.id for feed in queries.list_only_looked_at(now)]
    db.session.rollback()
    return each("calendars", ids, forget)
