"""The guard before anything is spread out: which rules of repeating are taken, and what may stand in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from app.calendars.reading.troubles import BadEntry, Trouble

FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "WKST"}
LONGEST_MONTH = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
MOST_DATES = 2_000
"""Dates named one by one (EXDATE, RDATE) that are read."""

OLDEST = 1900


def check_rule(rule: Any) -> None:
    """Take a rule that repeats from day to day at most and that comes true. Raises `BadEntry`."""
    said = {str(name).upper(): list(values) if isinstance(values, list) else [values] for name, values in rule.items()}
    frequency = str(said.get("FREQ", [""])[0]).upper()
    if frequency not in FREQUENCIES or not set(said) <= PARTS:
        raise BadEntry(Trouble.RULE)
    if any(int(number) < 1 for name in ("INTERVAL", "COUNT") for number in said.get(name, [])):
        raise BadEntry(Trouble.RULE)
    _check_comes_true(said)


def _check_comes_true(said: dict[str, list[Any]]) -> None:
    """A 30 February is waited for until the year 9999."""
    months = [int(month) for month in said.get("BYMONTH", [])] or list(range(1, 13))
    days = [abs(int(day)) for day in said.get("BYMONTHDAY", [])]
    if not all(1 <= month <= 12 for month in months):
        raise BadEntry(Trouble.RULE)
    if days and not any(1 <= day <= LONGEST_MONTH.get(month, 31) for day in days for month in months):
        raise BadEntry(Trouble.RULE)


def check_start(start: date | datetime) -> None:
    if start.year < OLDEST or start.year > 2200:
        raise BadEntry(Trouble.DATE)
