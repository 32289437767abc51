"""Reading a whole calendar: its blocks, their times and words, spread out over the window."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from icalendar import Event

from app.calendars.reading.lines import Block, Blocks, blocks_of
from app.calendars.reading.rules import check_size
from app.calendars.reading.spreading import Entry, Parsed, spread
from app.calendars.reading.times import times_of
from app.calendars.reading.troubles import BadEntry, Fault, Trouble, UnreadableCalendar
from app.calendars.reading.words import line, title_of, words_of
from app.calendars.reading.zones import Zones, named_zone

__all__ = ["LONGEST_READING", "WINDOW_AHEAD", "WINDOW_BACK", "Entry", "Reading", "read"]

WINDOW_BACK, WINDOW_AHEAD = timedelta(days=30), timedelta(days=400)
MOST_BYTES = 2_000_000
MOST_ENTRIES, MOST_SPREAD = 2_000, 50_000
"""Dates of one file that are kept, and those that it may have at all."""

LONGEST_READING = 10.0
"""Seconds after which a file is refused."""


@dataclass(slots=True)
class Reading:
    """What a file says. `entries` lie in the window, in their order. `unread` are the UIDs of which something could not
    be read, `unclear` those whose zone somebody has to say: nobody takes them for gone. `private` are those that are
    nobody's business, whatever some of their dates say. `unknown_zones` counts times per unknown name; `is_full`: there
    was more than is kept, and all of it only up to `reaches` from now, back and ahead."""

    title: str = ""
    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    unclear: set[str] = field(default_factory=set)
    private: set[str] = field(default_factory=set)
    unknown_zones: Counter[str] = field(default_factory=Counter)
    floating: int = 0
    blocks: int = 0
    is_guessed: bool = False
    is_full: bool = False
    reaches: timedelta = timedelta.max


def read(body: bytes, *, zone: str | None, now: datetime, seconds: float = LONGEST_READING) -> Reading:
    """Read a calendar. `zone` is what somebody chose for times whose zone nobody knows; without it these are left out
    and counted. Raises `UnreadableCalendar`, also when it takes longer than `seconds`: what goes on behind ends
    with the entry it is at, and each of them is small before the library sees it (`rules.check_size`)."""
    if not body.strip():
        raise UnreadableCalendar(Trouble.EMPTY)
    if len(body) > MOST_BYTES:
        raise UnreadableCalendar(Trouble.LARGE)
    reader = _Reader(zone, now, monotonic() + seconds)
    outcome: list[Reading | Exception] = []

    def work() -> None:
        try:
            outcome.append(reader.read(body))
        except Exception as error:
            outcome.append(error)

    thread = threading.Thread(target=work, name="calendar-reading", daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise UnreadableCalendar(Trouble.SLOW)
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]


class _Reader:
    def __init__(self, zone: str | None, now: datetime, ends_at: float) -> None:
        self.now = now.astimezone(UTC)
        self.first, self.last = self.now - WINDOW_BACK, self.now + WINDOW_AHEAD
        self.zone, self.ends_at = zone, ends_at
        self.found = Reading()

    def read(self, body: bytes) -> Reading:
        blocks, found = blocks_of(body), self.found
        zones = self._zones(blocks)
        found.title = line(blocks.said.get("X-WR-CALNAME", ""), 200)
        found.faults, found.blocks, found.is_guessed = blocks.faults, len(blocks.events), blocks.is_guessed
        found.private = {_uid(block) for block in blocks.events if _is_private(block)}
        for uid, parsed in self._parsed(blocks.events, zones).items():
            self._check_time()
            self._spread(uid, parsed, zones.own)
            if len(found.entries) > MOST_SPREAD:
                raise UnreadableCalendar(Trouble.SLOW)
        found.unknown_zones, found.floating = zones.unknown, zones.floating
        self._keep_what_is_near()
        found.faults.sort(key=lambda fault: fault.line)
        return found

    def _zones(self, blocks: Blocks) -> Zones:
        zones = Zones(self.zone, named_zone(blocks.said.get("X-WR-TIMEZONE", "")), self.first, self.last)
        zones.define(blocks.zones, self._check_time)
        return zones

    def _check_time(self) -> None:
        if monotonic() > self.ends_at:
            raise UnreadableCalendar(Trouble.SLOW)

    def _parsed(self, blocks: Iterable[Block], zones: Zones) -> dict[str, list[Parsed]]:
        """Return the entries by UID; what cannot be read is noted with its line."""
        by_uid: dict[str, list[Parsed]] = defaultdict(list)
        for block in blocks:
            self._check_time()
            uid, title = _uid(block), block.value("SUMMARY")[:100]
            try:
                if uid in self.found.private:
                    raise BadEntry(Trouble.PRIVATE)
                check_size(block)
                event: Any = Event.from_ical(block.source)
                title = title_of(event)
                by_uid[uid].append(_parse(uid, block, event, zones))
            except BadEntry as error:
                self._note(uid, Fault(block.line, error.trouble, title))
            except Exception:  # whatever a library says to bytes of strangers
                self._note(uid, Fault(block.line, Trouble.DATE, title))
        return by_uid

    def _note(self, uid: str, fault: Fault) -> None:
        self.found.faults.append(fault)
        if fault.trouble in (Trouble.ZONE, Trouble.FLOATING):
            self.found.unclear.add(uid)
        elif fault.trouble is not Trouble.PRIVATE:
            self.found.unread.add(uid)

    def _spread(self, uid: str, parsed: list[Parsed], own: str | None) -> None:
        try:
            entries, faults = spread(uid, parsed, self.first, self.last, own)
        except BadEntry as error:
            self._note(uid, Fault(parsed[0].line, error.trouble, parsed[0].words["title"]))
            return
        except Exception:
            self._note(uid, Fault(parsed[0].line, Trouble.RULE, parsed[0].words["title"]))
            return
        self.found.entries += entries
        self.found.faults += faults

    def _keep_what_is_near(self) -> None:
        """Keep what is still to come first, the nearest before the farthest; then show it in its order."""
        entries = self.found.entries
        if len(entries) > MOST_ENTRIES:
            entries.sort(key=lambda entry: (entry.until < self.now, abs(entry.starts_at - self.now)))
            self.found.is_full = True
            farthest = entries[MOST_ENTRIES - 1]
            if farthest.until >= self.now:
                self.found.reaches = abs(farthest.starts_at - self.now)
        self.found.entries = sorted(entries[:MOST_ENTRIES], key=lambda entry: (entry.starts_at, entry.uid))


def _uid(block: Block) -> str:
    return block.value("UID").strip()


def _is_private(block: Block) -> bool:
    """What a calendar calls by a word of its own counts as private (RFC 5545)."""
    return block.value("CLASS").strip().upper() not in ("", "PUBLIC")


def _parse(uid: str, block: Block, event: Event, zones: Zones) -> Parsed:
    if not uid:
        raise BadEntry(Trouble.NO_UID)
    times = times_of(event, zones)
    return Parsed(
        block.line,
        times,
        words_of(event),
        block.value("STATUS").strip().upper(),
        "DTEND" in event or "DURATION" in event,
    )
