"""The times of one entry: every property that holds one, with the zone it means. Times become `datetime` with a zone,
whole days become `date`."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Event

from app.calendars.reading.rules import check_end, check_rule, check_start
from app.calendars.reading.troubles import BadEntry, Trouble
from app.calendars.reading.zones import Zones
from app.moments.local import zone_info

When = date | datetime


def _in_zone(value: Any, params: Any, zones: Zones) -> When:
    """Return a time with its zone. Raises `BadEntry` for times whose zone nobody knows."""
    if not isinstance(value, datetime):
        if isinstance(value, date):
            return value
        raise BadEntry(Trouble.DATE)
    name = str(params.get("X-TZID", "")) if params else ""
    if not name and value.tzinfo is not None:
        return value.astimezone(UTC)
    zone = zones.zone_of(name)
    if zone is None:
        raise BadEntry(Trouble.ZONE if name else Trouble.FLOATING)
    return value.replace(tzinfo=zone_info(zone))


def _one(event: Event, name: str, zones: Zones) -> When | None:
    found = event.get(name)
    if found is None:
        return None
    found = found[0] if isinstance(found, list) else found
    try:
        value = found.dt
    except AttributeError:
        raise BadEntry(Trouble.DATE) from None
    return _in_zone(value, getattr(found, "params", None), zones)


def _many(event: Event, name: str, zones: Zones) -> list[When]:
    """Return the dates of EXDATE or RDATE; of spans of time (RDATE) their beginnings."""
    found = event.get(name, [])
    dates: list[When] = []
    for row in found if isinstance(found, list) else [found]:
        for one in getattr(row, "dts", []):
            value = one.dt[0] if isinstance(one.dt, tuple) else one.dt
            dates.append(_in_zone(value, getattr(row, "params", None), zones))
    return dates


def times_of(event: Event, zones: Zones) -> Event:
    """Return an entry with nothing but its times, in zones that we know: what is spread out. Raises `BadEntry`."""
    start = _one(event, "DTSTART", zones)
    if start is None:
        raise BadEntry(Trouble.NO_START)
    check_start(start)
    times = Event()
    times.add("uid", "one")
    times.add("dtstart", start)
    times.add("dtend", _end(event, start, zones))
    if event.get("RRULE") is not None:
        times.add("rrule", _rule(event, start))
    for name in ("EXDATE", "RDATE"):
        for value in _many(event, name, zones):
            times.add(name.lower(), value)
    recurs = _one(event, "RECURRENCE-ID", zones)
    if recurs is not None:
        check_start(recurs)
        times.add("recurrence-id", recurs)
    return times


def _end(event: Event, start: When, zones: Zones) -> When:
    """Return the end; without any, that day or that instant. Raises `BadEntry` where it lies before the start."""
    end = _one(event, "DTEND", zones)
    if end is None and event.get("DURATION") is not None:
        lasts = getattr(event["DURATION"], "dt", None)
        if not isinstance(lasts, timedelta):
            raise BadEntry(Trouble.DATE)
        end = start + lasts
    if end is None:
        return start if isinstance(start, datetime) else start + timedelta(days=1)
    if isinstance(end, datetime) != isinstance(start, datetime):
        raise BadEntry(Trouble.DATE)
    if _is_before(end, start):
        raise BadEntry(Trouble.ENDS_BEFORE)
    check_end(start, end)
    return end if isinstance(end, datetime) else max(end, start + timedelta(days=1))


def _is_before(end: When, start: When) -> bool:
    if isinstance(end, datetime) and isinstance(start, datetime):
        return end.astimezone(UTC) < start.astimezone(UTC)
    return end < start


def _rule(event: Event, start: When) -> Any:
    """Return the rule, checked, with an UNTIL of the kind that the start is."""
    rule = event["RRULE"]
    if isinstance(rule, list) or not hasattr(rule, "items"):
        raise BadEntry(Trouble.RULE)
    check_rule(rule, start)
    kept = {str(name).upper(): values for name, values in rule.items()}
    until = kept.get("UNTIL", [None])
    until = until[0] if isinstance(until, list) else until
    if isinstance(until, datetime):
        if not isinstance(start, datetime):
            kept["UNTIL"] = [until.date()]
        elif until.tzinfo is None:
            kept["UNTIL"] = [until.replace(tzinfo=start.tzinfo).astimezone(UTC)]
    elif isinstance(until, date) and isinstance(start, datetime):
        last = datetime.combine(until, datetime.max.time().replace(microsecond=0), start.tzinfo)
        kept["UNTIL"] = [last.astimezone(UTC)]
    return kept
