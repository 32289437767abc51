"""From one UID to its dates inside the window: an entry by itself, or a series with its exceptions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from app.calendars.reading.times import When
from app.calendars.reading.troubles import Fault, Trouble
from app.moments.local import zone_info
from app.moments.models import Status
from app.moments.timing import Timing, resolve

MOST_DATES = 400
STATUSES = {"CANCELLED": Status.CANCELLED, "TENTATIVE": Status.PLANNED}


@dataclass(frozen=True, slots=True)
class Parsed:
    """One block, read: the line it begins on, its times alone, its words, its STATUS."""

    line: int
    times: Any
    words: dict[str, str]
    status: str
    has_end: bool

    @property
    def recurs(self) -> str:
        """The date of the series that this one stands for; "" for the series itself."""
        return _key(self.times["RECURRENCE-ID"].dt) if "RECURRENCE-ID" in self.times else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a calendar. `recurrence` tells the dates of a series apart: what each was planned for."""

    uid: str
    recurrence: str
    timing: Timing
    starts_at: datetime
    until: datetime
    status: Status
    words: dict[str, str]


def _key(when: When) -> str:
    """Return a date of a series as it is written in UTC."""
    return when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") if isinstance(when, datetime) else when.strftime("%Y%m%d")


def spread(
    uid: str, parsed: Sequence[Parsed], first: datetime, last: datetime, own_zone: str | None
) -> tuple[list[Entry], list[Fault]]:
    """Return the dates of one UID that reach into the window, and what was wrong with it."""
    by_date: dict[str, Parsed] = {}
    faults = []
    for one in parsed:
        if one.recurs in by_date:
            faults.append(Fault(one.line, Trouble.DOUBLE, one.words["title"]))
        else:
            by_date[one.recurs] = one
    series = by_date.get("")
    is_series = (series is not None and bool({"RRULE", "RDATE"} & set(series.times))) or len(by_date) > 1
    dates = _dates(by_date.values(), first, last)
    if len(dates) > MOST_DATES:
        faults.append(Fault(parsed[0].line, Trouble.MANY, parsed[0].words["title"]))
    entries = []
    for recurs, start, end in dates[:MOST_DATES]:
        source = by_date.get(recurs) or series or parsed[0]
        key = recurs if is_series or source.recurs else ""
        timing = _hours(start, end, source.has_end, own_zone) if isinstance(start, datetime) else _days(start, end)
        entries.append(_entry(uid, key, timing, source))
    return entries, faults


def _dates(parsed: Iterable[Parsed], first: datetime, last: datetime) -> list[tuple[str, When, When]]:
    """Return (date of the series, start, end), in their order."""
    calendar = Calendar()
    for one in parsed:
        calendar.add_component(one.times)
    found = []
    spread_out: Iterable[Any] = recurring_ical_events.of(calendar).between(first, last)
    for one in spread_out:
        start, end = one["DTSTART"].dt, one["DTEND"].dt
        recurs = one["RECURRENCE-ID"].dt if "RECURRENCE-ID" in one else start
        found.append((_key(recurs), start, end))
    return sorted(found, key=lambda row: _key(row[1]))


def _entry(uid: str, recurs: str, timing: Timing, source: Parsed) -> Entry:
    starts_at, until = resolve(timing)
    status = STATUSES.get(source.status, Status.CONFIRMED)
    return Entry(uid, recurs, timing, starts_at, until, status, source.words)


def _days(start: date, end: When) -> Timing:
    """Whole days have no zone: they are days wherever one is. The end of a calendar's day is the day after."""
    last = end.date() if isinstance(end, datetime) else end
    return Timing.days(start, max(start, last - timedelta(days=1)))


def _hours(start: datetime, end: When, has_end: bool, own_zone: str | None) -> Timing:
    """Return hours on the clock of the entry; what is said in UTC, on that of its calendar where it names one."""
    zone = start.tzinfo.key if isinstance(start.tzinfo, ZoneInfo) else "UTC"
    zone = own_zone or zone if zone == "UTC" else zone
    info = zone_info(zone)
    begins = start.astimezone(UTC).astimezone(info)
    ends = end.astimezone(UTC).astimezone(info) if isinstance(end, datetime) and has_end and end > start else None
    return Timing.minutes(
        begins.replace(tzinfo=None, fold=0),
        ends.replace(tzinfo=None, fold=0) if ends else None,
        zone,
        is_second_start=bool(begins.fold),
        is_second_end=bool(ends.fold) if ends else False,
        may_be_long=True,
    )
