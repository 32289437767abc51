"""What a calendar says becomes events: new ones are brought, changed ones follow, what is gone is withdrawn (R-30)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.calendars.models import CalendarEntry, CalendarFeed
from app.calendars.reading import Entry, Reading
from app.core.actors import Actor
from app.core.database import has_key
from app.events.models import Event, EventSource
from app.events.services import Brought, bring_event, change_imported, remove_imported, withdraw_event
from app.extensions import db
from app.moments.models import Moment

MOST_FAULTS = 20
_PLAIN = re.compile(r"[!-~]{1,255}")
_MADE = re.compile(r"(?=(?:[^0-9@]*[0-9]){5})(?=.*[-A-Za-z].*@)[^@]{16,}@[^@]+")
LONGEST_ORIGIN = 600
NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(slots=True)
class Kept:
    """How many events are new, changed and gone; `own` came from this house and were left alone."""

    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    own: int = 0

    def count(self, what: str) -> None:
        self.new += what == NEW
        self.changed += what == CHANGED


def keep_reading(
    actor: Actor,
    feed: CalendarFeed,
    reading: Reading,
    *,
    own_address: str,
    leaves_out: bool = False,
    now: datetime,
) -> Kept:
    """Let the events of a calendar be what it says now. What says the same again changes nothing; what the calendar
    does not have any more is withdrawn as far as it lies ahead, and not called cancelled: nobody said so. What could
    not be read stays as it was, what is unclear too unless somebody `leaves_out` such events. What has become private
    goes for good, what is over too. Our own events, known by their UID or by an address of this house, never come back.
    """
    kept, ours = Kept(), _ours(entry.uid for entry in reading.entries)
    _remove_private(actor, feed, reading.private, kept, now)
    there = {entry.key: entry for entry in _entries(feed)}
    found = set()
    for entry in reading.entries:
        if entry.uid in ours or entry.words["address"].startswith(f"{own_address}/"):
            kept.own += 1
            continue
        key = key_of(entry)
        found.add(key)
        kept.count(_keep(actor, feed, entry, there.get(key), now=now))
    spared = reading.unread if leaves_out else reading.unread | reading.unclear
    gone = [row for key, row in there.items() if key not in found and row.uid not in spared]
    near = (row for row in gone if abs(row.event.moment.starts_at - now) < reading.reaches)
    _withdraw(actor, near, kept, now)
    feed.report = report_of(reading, own=kept.own)
    db.session.flush()
    return kept


def _entries(feed: CalendarFeed) -> list[CalendarEntry]:
    return list(db.session.scalars(sa.select(CalendarEntry).where(CalendarEntry.feed_id == feed.id)).unique())


def _ours(uids: Iterable[str]) -> set[str]:
    """Return which of these UIDs are of this house: every moment's but those of imported events that kept theirs."""
    imported = sa.and_(Event.source == EventSource.CALENDAR, Event.origin == Moment.uid)
    rows = (
        sa.select(Moment.uid)
        .outerjoin(Event, Event.moment_id == Moment.id)
        .where(has_key(Moment.__table__.c.uid, frozenset(uids)), sa.or_(Event.id.is_(None), sa.not_(imported)))
    )
    return set(db.session.scalars(rows))


def key_of(entry: Entry) -> str:
    """Return by what an entry is known within its calendar."""
    return hashlib.sha256(f"{entry.uid}\x00{entry.recurrence}".encode()).hexdigest()


def _origin_of(entry: Entry) -> str:
    origin = f"{entry.uid} {entry.recurrence}".strip()
    return origin if len(origin) <= LONGEST_ORIGIN else key_of(entry)


def uid_outside(uid: str) -> str:
    """Return the UID under which an event goes out with our agenda: that which it has in the world where it is plain
    text that a program has made (long, with digits, like those of Google), else its hash. What looks like somebody's
    e-mail address may be one."""
    is_made = "@" not in uid or _MADE.fullmatch(uid)
    if is_made and _PLAIN.fullmatch(uid) and not set(uid) & set(",;\\"):
        return uid
    return hashlib.sha256(uid.encode("utf-8", "replace")).hexdigest()


def _brought(feed: CalendarFeed, entry: Entry) -> Brought:
    words = entry.words
    return Brought(
        title=words["title"] or feed.title,
        language=words["language"] or feed.language,
        timing=entry.timing,
        status=entry.status,
        uid=uid_outside(entry.uid) if not entry.recurrence else "",
        origin=_origin_of(entry),
        description=words["description"],
        place=words["place"],
        organiser=words["organiser"],
        address=words["address"],
    )


def _digest(feed: CalendarFeed, brought: Brought) -> str:
    timing = brought.timing
    said = [
        timing.precision, str(timing.wall_start), str(timing.wall_end), timing.zone,
        bool(timing.is_second_start), bool(timing.is_second_end), brought.status,
        brought.title, brought.language, brought.description, brought.place, brought.organiser, brought.address,
        feed.title, feed.audience,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _keep(actor: Actor, feed: CalendarFeed, entry: Entry, row: CalendarEntry | None, *, now: datetime) -> str:
    """Return what became of the event: it is new, changed or the same."""
    brought = _brought(feed, entry)
    digest = _digest(feed, brought)
    if row is not None and row.digest == digest and row.event.is_shown:
        return SAME
    if row is not None:
        change_imported(actor, row.event, brought, audience=feed.audience, source_name=feed.title, now=now)
        row.digest = digest
        return CHANGED
    event = bring_event(
        actor,
        brought,
        group_id=feed.group_id,
        organisation_id=feed.organisation_id,
        audience=feed.audience,
        source_name=feed.title,
        is_example=feed.is_example,
        now=now,
    )
    new = CalendarEntry(feed_id=feed.id, key=key_of(entry), uid=entry.uid, digest=digest)
    new.event = event
    db.session.add(new)
    return NEW


def _withdraw(actor: Actor, gone: Iterable[CalendarEntry], kept: Kept, now: datetime) -> None:
    for row in gone:
        if row.event.is_shown and row.event.moment.until >= now:
            withdraw_event(actor, row.event, now=now)
            kept.withdrawn += 1


def _remove_private(actor: Actor, feed: CalendarFeed, uids: set[str], kept: Kept, now: datetime) -> None:
    for row in _entries(feed):
        if row.uid in uids:
            event = row.event
            db.session.delete(row)
            db.session.flush()
            remove_imported(actor, event, now=now)
            kept.withdrawn += 1


def report_of(reading: Reading, own: int = 0) -> dict[str, object]:
    """Return what the page of the calendar says of the last reading, in plain JSON."""
    return {
        "found": len(reading.entries) - own,
        "own": own,
        "faults": [
            {"line": fault.line, "trouble": fault.trouble.value, "title": fault.title}
            for fault in reading.faults[:MOST_FAULTS]
        ],
        "more_faults": max(len(reading.faults) - MOST_FAULTS, 0),
        "zones": sorted(reading.unknown_zones),
        "floating": reading.floating,
        "is_guessed": reading.is_guessed,
        "is_full": reading.is_full,
    }
