"""A calendar is brought, looked at, taken in; later paused, resumed, removed with its events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.calendars import queries
from app.calendars.models import CALENDAR, TITLE, CalendarEntry, CalendarFeed, FeedState
from app.calendars.policy import Owner
from app.calendars.reading import Reading
from app.calendars.services.fetching import due_after_success
from app.calendars.services.keeping import BATCH, Kept, keep_reading, turn_of
from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows, take_turns
from app.core.errors import RuleBroken
from app.core.languages import check_tag
from app.core.permissions import require
from app.events.models import Event
from app.events.services import audience_of, remove_imported
from app.extensions import db
from app.moments.zones import check_zone
from app.workinggroups.models import WorkingGroup

MOST_FEEDS = 20


@dataclass(frozen=True, slots=True)
class Brought:
    """A calendar as it came: `address` is empty for a file. `readers` is `public`, `network` or `group`."""

    title: str
    language: str
    readers: str
    body: bytes
    address: str = ""
    etag: str = ""
    last_modified: str = ""


def bring_calendar(
    actor: Actor, owner: Owner, brought: Brought, *, is_example: bool = False, now: datetime
) -> CalendarFeed:
    """Keep a calendar to be looked at; nothing of it stands in the agenda yet. Raises `RuleBroken` at `title`,
    `language`, `readers` and `address` (read already), and for more calendars than anybody reads."""
    require(actor, "calendars.bring", owner)
    if not brought.title:
        raise RuleBroken(_l("Write what this calendar is called."), field="title")
    take_turns(f"calendars.{owner.id}")  # two pages at once are counted one after the other
    if queries.find_twice(owner, brought.address) is not None:
        raise RuleBroken(_l("This calendar is read already."), field="address", rule="R-30")
    if queries.count_feeds(owner) >= MOST_FEEDS:
        raise RuleBroken(_l("There are %(count)s calendars here. Remove one first.", count=MOST_FEEDS))
    feed = CalendarFeed(
        id=uuid4(),
        title=brought.title[:TITLE],
        language=check_tag(brought.language),
        address=brought.address,
        audience=audience_of(owner if isinstance(owner, WorkingGroup) else None, brought.readers),
        state=FeedState.TRIED,
        body=brought.body,
        etag=brought.etag,
        last_modified=brought.last_modified,
        added_by=actor.person_id,
        added_at=now,
        is_example=is_example,
    )
    if isinstance(owner, WorkingGroup):
        feed.group = owner
    else:
        feed.organisation = owner
    db.session.add(feed)
    _record(actor, "brought", feed, now)
    return feed


def take_in(actor: Actor, feed: CalendarFeed, reading: Reading, *, zone: str, own_address: str, now: datetime) -> Kept:
    """Let the events of a calendar into the agenda: the first ones now, those of a long one with the next readings.
    `reading` was made with `zone`, which is "" where nobody chose one: times that are unclear are left out then. Raises
    `UnknownZone`, and `RuleBroken` where the same address was taken in meanwhile."""
    require(actor, "calendars.keep", feed)
    take_turns(f"calendars.{feed.group_id or feed.organisation_id}")
    twice = queries.find_twice(queries.owner_of(feed), feed.address)
    if twice is not None and twice is not feed:
        raise RuleBroken(_l("This calendar is read already."), rule="R-30")
    feed.zone = check_zone(zone) if zone else None
    feed.state, feed.last_ok_at, feed.last_tried_at = FeedState.ACTIVE, now, now
    feed.next_at = due_after_success(feed, now)
    kept = _begin(actor, feed, reading, own_address, now)
    _record(actor, "taken_in", feed, now)
    return kept


def choose_zone(
    actor: Actor, feed: CalendarFeed, reading: Reading, *, zone: str, own_address: str, now: datetime
) -> Kept:
    """Say by which clock the unclear times of a calendar go. As `take_in`, for one that is read already."""
    require(actor, "calendars.keep", feed)
    feed.zone = check_zone(zone) if zone else None
    kept = _begin(actor, feed, reading, own_address, now)
    _record(actor, "zone_chosen", feed, now)
    return kept


def _begin(actor: Actor, feed: CalendarFeed, reading: Reading, own_address: str, now: datetime) -> Kept:
    """Keep the first batch; the worker goes on with the next one, unless it is paused."""
    most = BATCH if feed.state is FeedState.ACTIVE else None
    kept = keep_reading(actor, feed, reading, own_address=own_address, leaves_out=True, most=most, now=now)
    if kept.has_more:
        feed.next_at = now
    return kept


def replace_calendar(
    actor: Actor,
    feed: CalendarFeed,
    newer: CalendarFeed,
    reading: Reading,
    *,
    zone: str,
    own_address: str,
    now: datetime,
) -> Kept:
    """Let a file that was brought anew (`newer`, only looked at) stand in the place of what the same upload brought
    before: what has the same UID follows, what is missing goes. As `take_in`; raises `RuleBroken` where `newer` is no
    file of that name."""
    require(actor, "calendars.keep", feed)
    require(actor, "calendars.keep", newer)
    take_turns(f"calendars.{feed.group_id or feed.organisation_id}")
    if not newer.is_tried or queries.find_same_file(newer) is not feed:
        raise RuleBroken(_l("This calendar is read already."), rule="R-30")
    feed.body, feed.zone = newer.body, check_zone(zone) if zone else None
    feed.state, feed.last_ok_at, feed.last_tried_at = FeedState.ACTIVE, now, now
    feed.next_at, feed.failures, feed.last_error = due_after_success(feed, now), 0, ""
    kept = _begin(actor, feed, reading, own_address, now)
    forget_tried(actor, newer, now=now)
    _record(actor, "brought_again", feed, now)
    return kept


def pause_calendar(actor: Actor, feed: CalendarFeed, *, now: datetime) -> None:
    """Read a calendar no more; its events stay as they are."""
    require(actor, "calendars.keep", feed)
    feed.state, feed.next_at = FeedState.PAUSED, None
    _record(actor, "paused", feed, now)


def resume_calendar(actor: Actor, feed: CalendarFeed, *, now: datetime) -> None:
    """Read a calendar again, from now on; what went wrong before does not count."""
    require(actor, "calendars.keep", feed)
    feed.state, feed.next_at, feed.failures, feed.last_error = FeedState.ACTIVE, now, 0, ""
    _record(actor, "resumed", feed, now)


def remove_calendar(actor: Actor, feed: CalendarFeed, *, now: datetime) -> int:
    """Remove a calendar with all its events, those that are over too: they were never ours. Returns how many went."""
    require(actor, "calendars.keep", feed)
    _record(actor, "removed", feed, now)
    return _remove(actor, feed, now)


def forget_tried(actor: Actor, feed: CalendarFeed, *, now: datetime) -> None:
    """Forget a calendar that somebody looked at and did not take in."""
    if feed.is_tried:
        _remove(actor, feed, now)


def _remove(actor: Actor, feed: CalendarFeed, now: datetime) -> int:
    take_turns(turn_of(feed))
    mine = CalendarEntry.feed_id == feed.id
    its = sa.select(CalendarEntry.event_id).where(mine)
    events = db.session.scalars(sa.select(Event).where(Event.id.in_(its))).unique().all()
    change_rows(sa.delete(CalendarEntry).where(mine))
    remove_imported(actor, events, now=now)
    db.session.delete(feed)
    db.session.flush()
    return len(events)


def _record(actor: Actor, act: str, feed: CalendarFeed, now: datetime) -> None:
    db.session.flush()
    audit.record(actor, f"calendars.calendar.{act}", CALENDAR, feed.id, {}, now=now)
