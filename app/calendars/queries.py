"""Reading calendars of others: those of a group or an organisation, and what is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.calendars.models import CalendarEntry, CalendarFeed, FeedState
from app.calendars.policy import Owner, can_keep
from app.core.actors import PUBLIC, Actor
from app.core.errors import NotFound
from app.events.models import Event, EventState
from app.extensions import db
from app.moments.models import Moment
from app.moments.ordering import page_by_day
from app.workinggroups.models import WorkingGroup

MOST_OF_ONE = 2
"""So many calendars of one owner are read in one round."""

TRIED_FOR = timedelta(days=1)
"""So long a calendar that somebody looked at waits to be taken in."""


def get_kept_feed(actor: Actor, feed_id: UUID) -> CalendarFeed:
    """Return a calendar for those who keep it; raises `NotFound` for everybody else: its events are for others, where
    it is read is not."""
    feed = db.session.get(CalendarFeed, feed_id)
    if feed is None or not can_keep(actor, feed):
        raise NotFound
    return feed


def list_feeds(owner: Owner) -> Sequence[CalendarFeed]:
    """Return the calendars of a group or an organisation, the newest last; those only looked at too."""
    mine = CalendarFeed.group_id if isinstance(owner, WorkingGroup) else CalendarFeed.organisation_id
    return db.session.scalars(
        sa.select(CalendarFeed).where(mine == owner.id).order_by(CalendarFeed.added_at, CalendarFeed.id)
    ).all()


def count_feeds(owner: Owner) -> int:
    mine = CalendarFeed.group_id if isinstance(owner, WorkingGroup) else CalendarFeed.organisation_id
    return db.session.scalar(sa.select(sa.func.count(CalendarFeed.id)).where(mine == owner.id)) or 0


def owner_of(feed: CalendarFeed) -> Owner:
    """Return the group or the organisation that brought a calendar."""
    owner: Owner | None = feed.group or feed.organisation
    assert owner is not None  # noqa: S101 - a constraint of the table
    return owner


def count_events(feed_ids: Sequence[UUID], now: datetime) -> dict[UUID, tuple[int, int]]:
    """Return for calendars how many of their events stand in the agenda: all, and those to come."""
    coming = sa.func.sum(sa.case((Moment.until >= now, 1), else_=0))
    rows = db.session.execute(
        sa.select(CalendarEntry.feed_id, sa.func.count(), coming)
        .join(Event, Event.id == CalendarEntry.event_id)
        .join(Moment, Moment.id == Event.moment_id)
        .where(CalendarEntry.feed_id.in_(feed_ids), Event.state == EventState.PUBLISHED)
        .group_by(CalendarEntry.feed_id)
    )
    return {feed_id: (int(count), int(ahead)) for feed_id, count, ahead in rows}


def list_next_events(feed: CalendarFeed, *, zone: str | None, now: datetime, limit: int) -> Sequence[Event]:
    """Return the next events of a calendar, by the days on which they stand for the reader."""
    statement = (
        sa.select(Event)
        .join(CalendarEntry, CalendarEntry.event_id == Event.id)
        .join(Moment, Moment.id == Event.moment_id)
        .where(CalendarEntry.feed_id == feed.id, Event.state == EventState.PUBLISHED, Moment.until >= now)
    )
    return page_by_day(statement, zone=zone, size=limit).rows


def list_due(now: datetime, limit: int) -> Sequence[UUID]:
    """Return the calendars that are due and that no worker has, what waits longest first; few of each owner, so that
    nobody's slow ones keep all others waiting."""
    free = sa.or_(CalendarFeed.lease_until.is_(None), CalendarFeed.lease_until < now)
    owner = sa.func.coalesce(CalendarFeed.group_id, CalendarFeed.organisation_id)
    order = (CalendarFeed.next_at, CalendarFeed.id)
    due = (
        sa.select(*order, sa.func.row_number().over(partition_by=owner, order_by=order).label("place"))
        .where(CalendarFeed.state == FeedState.ACTIVE, CalendarFeed.next_at <= now, free)
        .subquery()
    )
    first = sa.select(due.c.id).where(due.c.place <= MOST_OF_ONE).order_by(due.c.next_at, due.c.id)
    return db.session.scalars(first.limit(limit)).all()


def list_only_looked_at(now: datetime) -> Sequence[CalendarFeed]:
    """Return the calendars that somebody looked at a day ago and did not take in."""
    return db.session.scalars(
        sa.select(CalendarFeed).where(CalendarFeed.state == FeedState.TRIED, CalendarFeed.added_at < now - TRIED_FOR)
    ).all()


def find_twice(owner: Owner, address: str) -> CalendarFeed | None:
    """Return the calendar of this owner that is read at the same address already; those only looked at are not."""
    same = (feed for feed in list_feeds(owner) if not feed.is_tried and feed.address == address)
    return next(same, None) if address else None


def find_same_file(feed: CalendarFeed) -> CalendarFeed | None:
    """Return what an earlier file of the same name brought for the same owner, the newest; None for an address."""
    same = (row for row in reversed(list_feeds(owner_of(feed))) if (row.address, row.title) == ("", feed.title))
    return None if feed.address else next((row for row in same if not row.is_tried and row is not feed), None)


def list_events_of(known: Sequence[Known]) -> Sequence[Event]:
    """Return the events of entries of one calendar, in their order."""
    keys = [row.key for row in known]
    mine = CalendarEntry.feed_id.in_({row.feed_id for row in known})
    entries = db.session.scalars(sa.select(CalendarEntry).where(mine, CalendarEntry.key.in_(keys))).unique()
    found = {entry.key: entry.event for entry in entries}
    return [found[key] for key in keys if key in found]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an entry without loading its event."""

    feed_id: UUID
    key: str
    uid: str
    digest: str
    is_shown: bool
    starts_at: datetime
    until: datetime


def list_known(feed_id: UUID) -> dict[str, Known]:
    """Return the entries of a calendar that are kept, by key."""
    is_shown = Event.state == EventState.PUBLISHED
    entry = CalendarEntry.__table__.c
    rows = db.session.execute(
        sa.select(entry.feed_id, entry.key, entry.uid, entry.digest, is_shown, Moment.starts_at, Moment.until)
        .join(Event.__table__, Event.id == entry.event_id)
        .join(Moment, Moment.id == Event.moment_id)
        .where(entry.feed_id == feed_id)
    )
    return {row.key: Known(*row) for row in rows}


def count_public_beside(feed: CalendarFeed, *, since: datetime) -> int:
    """Return how many events that were not over at an instant other calendars of the same owner show to everybody."""
    mine = CalendarFeed.group_id if feed.group_id else CalendarFeed.organisation_id
    beside = (
        sa.select(sa.func.count(Event.id))
        .join(Moment, Moment.id == Event.moment_id)
        .join(CalendarEntry, CalendarEntry.event_id == Event.id)
        .join(CalendarFeed, CalendarFeed.id == CalendarEntry.feed_id)
        .where(mine == (feed.group_id or feed.organisation_id), CalendarFeed.id != feed.id)
        .where(Event.state == EventState.PUBLISHED, Moment.audience == PUBLIC, Moment.until >= since)
    )
    return db.session.scalar(beside) or 0
