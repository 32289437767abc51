"""What a calendar says becomes events: new ones are brought, changed ones follow, what is gone is withdrawn (R-30)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import sqlalchemy as sa

from app.calendars.models import CalendarEntry, CalendarFeed
from app.calendars.queries import Known, count_public_beside, list_known
from app.calendars.reading import WINDOW_BACK, Entry, Reading
from app.calendars.services.reporting import report_of
from app.calendars.services.uids import key_of, origin_of, uid_outside
from app.core.actors import NETWORK, PUBLIC, Actor
from app.core.database import has_key, take_turns
from app.events.models import Event, EventSource
from app.events.services import Brought, bring_event, change_imported, remove_imported, withdraw_event
from app.extensions import db
from app.moments.models import Moment

MOST_PUBLIC = 300
"""Events of one owner that everybody sees, the nearest; the others are for the network until they come near."""

BATCH = 100
"""So many events are written in one go: who else wants to write waits for less than a second (SQLite)."""


@dataclass(slots=True)
class Kept:
    """How many events are new, changed and gone; `own` came from this house and were left alone. `has_more`: what is
    left is for another go."""

    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    own: int = 0
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose hand keeps which calendar now, and what came of it so far."""

    actor: Actor
    feed: CalendarFeed
    now: datetime
    kept: Kept


@dataclass(frozen=True, slots=True)
class Said:
    """An entry as it is kept: what its event says, who reads that, and a hash of both."""

    uid: str
    brought: Brought
    audience: str
    digest: str


def keep_reading(
    actor: Actor,
    feed: CalendarFeed,
    reading: Reading,
    *,
    own_address: str,
    leaves_out: bool = False,
    most: int | None = None,
    now: datetime,
) -> Kept:
    """Let the events of a calendar be what it says now. What says the same again changes nothing; what the calendar
    does not have any more is withdrawn as far as it lies ahead, and not called cancelled: nobody said so. What could
    not be read stays as it was, what is unclear too unless somebody `leaves_out` such events. What has become private
    goes for good, what is over too. Our own events, known by their UID or by an address of this house, never come back.
    After `most` changes it ends; the same call in another transaction goes on where this one ended.
    """
    take_turns(turn_of(feed))  # a page and a worker at once
    theirs = theirs_of(reading, own_address)
    said, known = _said(feed, theirs, now), list_known(feed.id)
    turn = Turn(actor, feed, now, kept := Kept(own=len(reading.entries) - len(theirs)))
    acts: list[partial[None]] = [
        *(partial(_remove, turn, row) for row in known.values() if row.uid in reading.private),
        *(partial(_withdraw, turn, row) for row in _gone(known, set(said), reading, leaves_out, now)),
        *_changes(turn, said, known),
    ]
    _at_hand = _load(feed, acts[:most])
    for act in acts[:most]:
        act()
    kept.has_more = most is not None and len(acts) > most
    beyond = sum(one.audience != feed.audience for one in said.values())
    feed.report = report_of(reading, own=kept.own, beyond=beyond)
    db.session.flush()
    return kept


def list_gone(feed: CalendarFeed, reading: Reading, *, own_address: str, now: datetime) -> list[Known]:
    """Return what `keep_reading` would take out of the agenda, unclear events left out, the earliest first."""
    said, known = {key_of(entry) for entry in theirs_of(reading, own_address)}, list_known(feed.id)
    private = [row for row in known.values() if row.uid in reading.private]
    return sorted([*private, *_gone(known, said, reading, True, now)], key=lambda row: (row.starts_at, row.key))


def _gone(
    known: Mapping[str, Known], said: Collection[str], reading: Reading, leaves_out: bool, now: datetime
) -> list[Known]:
    spared = reading.private | (reading.unread if leaves_out else reading.unread | reading.unclear)
    missing = (row for row in known.values() if row.key not in said and row.uid not in spared)
    return [row for row in missing if _is_lost(row, reading, now)]


def turn_of(feed: CalendarFeed) -> str:
    """Return the name under which one hand at a time keeps a calendar."""
    return f"calendars.{feed.id}"


def theirs_of(reading: Reading, own_address: str) -> list[Entry]:
    """Return the entries that did not come from this house."""
    ours, here = _ours(entry.uid for entry in reading.entries), f"{own_address}/"
    return [entry for entry in reading.entries if entry.uid not in ours and not entry.words["address"].startswith(here)]


def _ours(uids: Iterable[str]) -> set[str]:
    """Return which of these UIDs are of this house: every moment's but those of imported events that kept theirs."""
    imported = sa.and_(Event.source == EventSource.CALENDAR, Event.origin == Moment.uid)
    rows = (
        sa.select(Moment.uid)
        .outerjoin(Event, Event.moment_id == Moment.id)
        .where(has_key(Moment.__table__.c.uid, frozenset(uids)), sa.or_(Event.id.is_(None), sa.not_(imported)))
    )
    return set(db.session.scalars(rows))


def _said(feed: CalendarFeed, entries: Collection[Entry], now: datetime) -> dict[str, Said]:
    """Return what is to be kept, by key."""
    room = len(entries)
    if feed.audience == PUBLIC:
        room = max(MOST_PUBLIC - count_public_beside(feed, since=now - WINDOW_BACK), 0)
    nearest = sorted(entries, key=lambda entry: (entry.until < now, abs(entry.starts_at - now)))
    within = {key_of(entry) for entry in nearest[:room]}
    found = {}
    for entry in entries:
        key, brought = key_of(entry), _brought(feed, entry)
        audience = feed.audience if key in within else NETWORK
        found[key] = Said(entry.uid, brought, audience, _digest(feed, brought, audience))
    return found


def _brought(feed: CalendarFeed, entry: Entry) -> Brought:
    words = entry.words
    return Brought(
        title=words["title"] or feed.title,
        language=words["language"] or feed.language,
        timing=entry.timing,
        status=entry.status,
        uid=uid_outside(entry.uid) if not entry.recurrence else "",
        origin=origin_of(entry),
        description=words["description"],
        place=words["place"],
        organiser=words["organiser"],
        address=words["address"],
    )


def _digest(feed: CalendarFeed, brought: Brought, audience: str) -> str:
    timing = brought.timing
    said = [
        timing.precision, str(timing.wall_start), str(timing.wall_end), timing.zone,
        bool(timing.is_second_start), bool(timing.is_second_end), brought.status,
        brought.title, brought.language, brought.description, brought.place, brought.organiser, brought.address,
        feed.title, audience,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _changes(turn: Turn, said: Mapping[str, Said], known: Mapping[str, Known]) -> Iterator[partial[None]]:
    """Yield what is to be done for each event that is new or says something else."""
    for key, one in said.items():
        row = known.get(key)
        if row is None:
            yield partial(_bring, turn, key, one)
        elif row.digest != one.digest or not row.is_shown:
            yield partial(_change, turn, row, one)


def _bring(turn: Turn, key: str, said: Said) -> None:
    feed = turn.feed
    event = bring_event(
        turn.actor,
        said.brought,
        group_id=feed.group_id,
        organisation_id=feed.organisation_id,
        audience=said.audience,
        source_name=feed.title,
        is_example=feed.is_example,
        now=turn.now,
    )
    new = CalendarEntry(feed_id=feed.id, key=key, uid=said.uid, digest=said.digest)
    new.event = event
    db.session.add(new)
    turn.kept.new += 1


def _change(turn: Turn, row: Known, said: Said) -> None:
    entry, name = _entry(row), turn.feed.title
    change_imported(turn.actor, entry.event, said.brought, audience=said.audience, source_name=name, now=turn.now)
    entry.digest = said.digest
    turn.kept.changed += 1


def _is_lost(row: Known, reading: Reading, now: datetime) -> bool:
    """Whether what the calendar does not have any more stands in the agenda, ahead, as near as all of it was read."""
    return row.is_shown and row.until >= now and abs(row.starts_at - now) < reading.reaches


def _withdraw(turn: Turn, row: Known) -> None:
    withdraw_event(turn.actor, _entry(row).event, now=turn.now)
    turn.kept.withdrawn += 1


def _remove(turn: Turn, row: Known) -> None:
    entry = _entry(row)
    event = entry.event
    db.session.delete(entry)
    db.session.flush()
    remove_imported(turn.actor, [event], now=turn.now)
    turn.kept.withdrawn += 1


def _load(feed: CalendarFeed, acts: Iterable[partial[None]]) -> list[CalendarEntry]:
    """Load what is to be changed, in one query; it stays at hand while somebody holds it."""
    keys = frozenset(part.key for act in acts for part in act.args if isinstance(part, Known))
    column = CalendarEntry.__table__.c.key
    wanted = sa.select(CalendarEntry).where(CalendarEntry.feed_id == feed.id, has_key(column, keys))
    return list(db.session.scalars(wanted).unique()) if keys else []


def _entry(row: Known) -> CalendarEntry:
    return db.session.get_one(CalendarEntry, (row.feed_id, row.key))
