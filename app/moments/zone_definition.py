"""Zones written out for calendar files (VTIMEZONE): the clock changes around the events, found in the pinned data.

Onsets stand on the clock as it was just before the change, as RFC 5545 wants it; the library's own definitions put
them an hour late where clocks go forward.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vDDDLists

from app.moments.local import zone_info

MARGIN = timedelta(days=370)
"""A year on both sides of the events: the clock changes a calendar program needs when the event is moved a little."""

EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
LONGEST = timedelta(days=30 * 366)
"""No definition reaches further, whatever dates somebody wrote."""

STEP = timedelta(hours=20)

Change = tuple[datetime, timedelta, timedelta, str, bool]
"""Onset on the clock before, offset before, offset after, name of the time after, whether it is summer time."""


def zone_definition(name: str, first: datetime, last: datetime) -> Timezone:
    """Return the definition of a zone that holds from a year before `first` to a year after `last`."""
    first = min(max(first, EARLIEST), LATEST)
    last = min(max(last, first), LATEST, first + LONGEST)
    definition = Timezone()
    definition.add("tzid", name)
    observances: dict[tuple[timedelta, timedelta, str, bool], list[datetime]] = defaultdict(list)
    for onset, before, after, called, is_summer in _changes(name, first - MARGIN, last + MARGIN):
        observances[before, after, called, is_summer].append(onset)
    for (before, after, called, is_summer), onsets in observances.items():
        part = TimezoneDaylight() if is_summer else TimezoneStandard()
        part.add("dtstart", onsets[0])
        if onsets[1:]:
            part.add("rdate", vDDDLists(onsets[1:]))
        part.add("tzname", called)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        definition.add_component(part)
    return definition


def _changes(name: str, first: datetime, last: datetime) -> list[Change]:
    """Return the state at `first` as if it began there, and every change until `last`."""
    offset, *_ = state = _state(name, first)
    found: list[Change] = [(_on_clock(first, offset), offset, *state)]
    at = first
    while at < last:
        step_state = _state(name, at + STEP)
        if step_state != state:
            moment = _exactly(name, at, at + STEP)
            found.append((_on_clock(moment, state[0]), state[0], *step_state))
            state = step_state
        at += STEP
    return found


def _state(name: str, instant: datetime) -> tuple[timedelta, str, bool]:
    local = instant.astimezone(zone_info(name))
    return local.utcoffset() or timedelta(0), local.tzname() or name, bool(local.dst())


def _on_clock(instant: datetime, offset: timedelta) -> datetime:
    return (instant.astimezone(UTC) + offset).replace(tzinfo=None, microsecond=0)


def _exactly(name: str, early: datetime, late: datetime) -> datetime:
    """Return the second at which the state changes between two instants."""
    early, late = early.replace(microsecond=0), late.replace(microsecond=0)
    before = _state(name, early)
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=int((late - early).total_seconds()) // 2)
        early, late = (middle, late) if _state(name, middle) == before else (early, middle)
    return late
