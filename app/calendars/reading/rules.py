"""The guard before anything is spread out: which rules of repeating are taken, and what may stand in them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import vRecur

from app.calendars.reading.lines import Block
from app.calendars.reading.troubles import BadEntry, Trouble

FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "WKST"}
LONGEST_MONTH = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
MOST_DATES = 2_000
"""Dates named one by one (EXDATE, RDATE) that are read."""

LONGEST_RULE = 1_000

OLDEST, LATEST = 1900, 2200
LONGEST = timedelta(days=2 * 366)
"""How long one date may last."""

CYCLES = 19 * 400
"""Years after which all weekdays and leap years come again. What the library looks for in vain, it looks for until the
year 9999, whatever UNTIL says: so much later, that is near, and more than reaches from any start to the window."""


def check_size(block: Block) -> None:
    """Take an entry that the library can read in no time; it cannot be stopped. Raises `BadEntry`."""
    if block.is_long or block.dates > MOST_DATES:
        raise BadEntry(Trouble.MANY)
    if len(block.value("RRULE")) > LONGEST_RULE:
        raise BadEntry(Trouble.RULE)


def check_rule(rule: Any, start: date | datetime) -> None:
    """Take a rule that repeats from day to day at most and that comes true. Raises `BadEntry`."""
    said = {str(name).upper(): list(values) if isinstance(values, list) else [values] for name, values in rule.items()}
    frequency = str(said.get("FREQ", [""])[0]).upper()
    if frequency not in FREQUENCIES or not set(said) <= PARTS:
        raise BadEntry(Trouble.RULE)
    if any(int(number) < 1 for name in ("INTERVAL", "COUNT") for number in said.get(name, [])):
        raise BadEntry(Trouble.RULE)
    if "BYSETPOS" in said and frequency == "DAILY":
        raise BadEntry(Trouble.RULE)
    _check_days(said)
    later = datetime(start.year + CYCLES, start.month, start.day, tzinfo=None)  # noqa: DTZ001 - on any clock
    endless: Any = vRecur({name: values for name, values in said.items() if name not in ("COUNT", "UNTIL")})
    if next(iter(rrulestr(endless.to_ical().decode(), dtstart=later)), None) is None:
        raise BadEntry(Trouble.RULE)


def _check_days(said: dict[str, list[Any]]) -> None:
    """A 30 February is waited for until the year 9999."""
    months = [int(month) for month in said.get("BYMONTH", [])] or list(range(1, 13))
    days = [abs(int(day)) for day in said.get("BYMONTHDAY", [])]
    if not all(1 <= month <= 12 for month in months):
        raise BadEntry(Trouble.RULE)
    if days and not any(1 <= day <= LONGEST_MONTH.get(month, 31) for day in days for month in months):
        raise BadEntry(Trouble.RULE)


def check_start(start: date | datetime) -> None:
    if not OLDEST <= start.year <= LATEST:
        raise BadEntry(Trouble.DATE)


def check_end(start: Any, end: Any) -> None:
    """Take an end that a calendar can mean; both are days or both are instants. Raises `BadEntry`."""
    if end.year > LATEST or end - start > LONGEST:
        raise BadEntry(Trouble.DATE)
