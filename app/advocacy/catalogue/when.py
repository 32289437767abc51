"""Dates of any precision in one line, after ISO 8601-2 (EDTF), to timings and back. Pure.

`2022-11-07/2022-11-18` from one day to another, `2026-02` a month, `2027` a year, `2021-10-31/..` only the first day
is known, `../2024-09-27` only the last, `[2027-01-15..2027-02-15]` some time between, `2022-07-08T18:00` an hour on the
wall of the zone that stands beside it.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from app.moments.models import Precision
from app.moments.timing import Timing

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_HOUR = rf"{_DAY}T[0-9]{{2}}:[0-9]{{2}}"
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""As in the forms of dates: what lies outside is a slip."""

EXAMPLES = "2026-02-09/2026-02-20, 2026-02, 2027, 2021-10-31/.., ../2024-09-27, [2027-01-15..2027-02-15]"


class NoDate(ValueError):
    """What is written is no date of this notation, or one that does not exist."""


def timing_of(written: str, zone: str | None = None) -> Timing:
    """Return the timing that a line of the notation says. Raises `NoDate` with the reason; whether an hour exists at
    its place is asked by `moments.timing.settle`."""
    if re.fullmatch(r"[0-9]{4}", written):
        return Timing.year_only(_in_our_time(int(written), written), zone)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}", written):
        month = day_of(f"{written}-01", written)
        return Timing.month(month.year, month.month, zone)
    if found := re.fullmatch(rf"\[({_DAY})\.\.({_DAY})\]", written):
        return Timing.window(*_in_order(found[1], found[2], written), zone=zone)
    if found := re.fullmatch(rf"({_DAY})/\.\.", written):
        return Timing.from_day(day_of(found[1]), zone)
    if found := re.fullmatch(rf"\.\./({_DAY})", written):
        return Timing.until_day(day_of(found[1]), zone)
    if found := re.fullmatch(rf"({_DAY})(?:/({_DAY}))?", written):
        return Timing.days(*_in_order(found[1], found[2] or found[1], written), zone=zone)
    if found := re.fullmatch(rf"({_HOUR})(?:/({_HOUR}))?", written):
        return _hours(found[1], found[2], written, zone)
    raise NoDate(f"“{written}” is not a date such as {EXAMPLES}")


def written_of(timing: Timing) -> str:
    """Return the one way to write a timing; its zone is written beside it."""
    start, end = timing.wall_start, timing.wall_end
    match timing.precision:
        case Precision.YEAR:
            return f"{_known(start):%Y}"
        case Precision.MONTH:
            return f"{_known(start):%Y-%m}"
        case Precision.WINDOW:
            return f"[{_known(start):%Y-%m-%d}..{_known(end):%Y-%m-%d}]"
        case Precision.MINUTE:
            return f"{_known(start):%Y-%m-%dT%H:%M}" + (f"/{end:%Y-%m-%dT%H:%M}" if end else "")
    if start is None or end is None:
        return f"{start:%Y-%m-%d}/.." if start else f"../{_known(end):%Y-%m-%d}"
    return f"{start:%Y-%m-%d}" + (f"/{end:%Y-%m-%d}" if end != start else "")


def day_of(written: str, said: str = "") -> date:
    """Return a day that exists; raises `NoDate`."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise NoDate(f"“{said or written}” does not exist in the calendar") from None
    _in_our_time(day.year, said or written)
    return day


def _in_our_time(year: int, written: str) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoDate(f"“{written}” does not lie between the years {FIRST_YEAR} and {LAST_YEAR}")
    return year


def _known(wall: datetime | None) -> datetime:
    if wall is None:
        raise NoDate("this date has neither start nor end")
    return wall


def _in_order(first: str, last: str, written: str) -> tuple[date, date]:
    start, end = day_of(first), day_of(last)
    if end < start:
        raise NoDate(f"“{written}” ends before it begins")
    return start, end


def _hours(first: str, last: str | None, written: str, zone: str | None) -> Timing:
    try:
        start = datetime.fromisoformat(first)
        end = datetime.fromisoformat(last) if last else None
    except ValueError:
        raise NoDate(f"“{written}” does not exist in the calendar or on a clock") from None
    for wall in filter(None, (start, end)):
        _in_our_time(wall.year, written)
    if end is not None and end <= start:
        raise NoDate(f"“{written}” ends before it begins")
    if zone is None:
        raise NoDate(f"“{written}” has an hour, but no zone stands beside it")
    return Timing.minutes(start, end, zone, is_deadline=True, may_be_long=True)
