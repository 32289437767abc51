"""Definitions of zones that stand in a calendar itself (VTIMEZONE), read by ourselves: libraries follow any rule in
them, and remember each for the whole process by its name, so that one calendar would decide the hours of another."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.calendars.reading.lines import Block, cut

MOST_PARTS, MOST_DATES = 50, 500
RULE_PARTS = {"FREQ", "INTERVAL", "BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "WKST"}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?")
_DAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")

Onset = tuple[datetime, timedelta, timedelta]
"""The clock just before a change, and what it is ahead of UTC before and after."""


@dataclass(frozen=True, slots=True)
class Definition:
    """The changes of one zone, in their order; at least one."""

    onsets: list[Onset]

    def offset(self, wall: datetime) -> timedelta:
        """Return what the clock is ahead of UTC when it shows this time."""
        place = bisect_right(self.onsets, wall, key=lambda onset: onset[0])
        return self.onsets[place - 1][2] if place else self.onsets[0][1]


def definition_of(block: Block, first: datetime, last: datetime) -> Definition:
    """Read a definition as far as it counts between two instants. Raises `ValueError` for what repeats in another way
    than once a year in one month: no clocks change so."""
    parts = _parts(block)
    if block.is_long or not 1 <= len(parts) <= MOST_PARTS:
        raise ValueError
    return Definition(sorted(onset for part in parts for onset in _onsets(part, first.year - 2, last.year + 1)))


def _parts(block: Block) -> list[dict[str, list[str]]]:
    """Return the values of each STANDARD and DAYLIGHT by their names."""
    parts: list[dict[str, list[str]]] = []
    part: dict[str, list[str]] | None = None
    for line in block.lines:
        (name, *_params), value = cut(line)
        name, value = name.strip().upper(), value.strip().upper()
        if name in ("BEGIN", "END"):
            part = {} if name == "BEGIN" and value in ("STANDARD", "DAYLIGHT") else None
            parts += [part] if part is not None else []
        elif part is not None:
            part.setdefault(name, []).append(value)
    return parts


def _onsets(part: dict[str, list[str]], first: int, last: int) -> Iterator[Onset]:
    """Yield the changes of one part: its first one, those named, those of the years that count."""
    before, after, start = _offset(part["TZOFFSETFROM"][0]), _offset(part["TZOFFSETTO"][0]), _time(part["DTSTART"][0])
    yield start, before, after
    named = [value for values in part.get("RDATE", []) for value in values.split(",")]
    if len(named) > MOST_DATES or len(part.get("RRULE", [])) > 1 or {"EXDATE", "EXRULE"} & set(part):
        raise ValueError
    for value in named:
        yield _time(value), before, after
    for rule in part.get("RRULE", []):
        for onset in _yearly(rule, start, before, first, last):
            yield onset, before, after


def _yearly(rule: str, start: datetime, before: timedelta, first: int, last: int) -> Iterator[datetime]:
    said = dict(piece.split("=", 1) for piece in rule.split(";") if piece)
    if said.get("FREQ") != "YEARLY" or said.get("INTERVAL", "1") != "1" or not set(said) <= RULE_PARTS:
        raise ValueError
    until = _time(said["UNTIL"]) + before if "UNTIL" in said else start.replace(year=last, month=12, day=31)
    month = int(said.get("BYMONTH", start.month))
    for year in range(max(start.year, min(first, until.year - 2)), min(last, until.year) + 1):
        for day in _days(said, year, month, start.day):
            onset = start.replace(year=year, month=month, day=day)
            if start < onset <= until:
                yield onset


def _days(said: dict[str, str], year: int, month: int, start_day: int) -> list[int]:
    """Return the days of a month on which a rule falls."""
    first_weekday, length = monthrange(year, month)
    days = set(range(1, length + 1))
    if "BYMONTHDAY" in said:
        days &= {number if number > 0 else length + 1 + number for number in map(int, said["BYMONTHDAY"].split(","))}
    if "BYDAY" in said:
        found = _DAY.fullmatch(said["BYDAY"])
        if found is None:
            raise ValueError
        same = [day for day in range(1, length + 1) if (first_weekday + day - 1) % 7 == DAYS.index(found[2])]
        place = int(found[1] or 0)
        days &= set(same[place - 1 : place] if place > 0 else same[place:][:1] if place else same)
    if not {"BYMONTHDAY", "BYDAY"} & set(said):
        days &= {start_day}
    return sorted(days)


def _time(value: str) -> datetime:
    return datetime.fromisoformat(value[:15]).replace(tzinfo=None)


def _offset(value: str) -> timedelta:
    found = _OFFSET.fullmatch(value)
    if found is None or int(found[2]) >= 24:
        raise ValueError
    hours, minutes, seconds = int(found[2]), int(found[3]), int(found[4] or 0)
    ahead = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return ahead if found[1] == "+" else -ahead
