"""Times that follow from other times: the same wall clock some weeks later, the same instant on other clocks.

Pure: what comes out are timings to be resolved one by one, since each day may be one on which clocks change (R-08).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.moments.local import in_zone, zone_info
from app.moments.models import Precision
from app.moments.timing import HourDoesNotExist, HourOccursTwice, Timing, next_existing, settle

WEEK = 7


@dataclass(frozen=True, slots=True)
class Settled:
    """One timing with its instants, or with what keeps it from having any: an hour that does not exist, or comes
    twice."""

    timing: Timing
    starts_at: datetime | None = None
    until: datetime | None = None
    problem: HourDoesNotExist | HourOccursTwice | None = None

    @property
    def day(self) -> date:
        """The day it begins on at its own place."""
        return _day_of(self.timing)


def _day_of(timing: Timing) -> date:
    wall = timing.wall_start or timing.wall_end
    assert wall is not None  # noqa: S101 - a timing has one end at least
    return wall.date()


def weeks_of(first: Timing, *, every_weeks: int, number: int) -> list[Timing]:
    """Return `number` timings with the wall clock of the first, `every_weeks` weeks from one to the next."""
    return [shifted(first, days=place * every_weeks * WEEK) for place in range(number)]


def number_until(first: Timing, *, every_weeks: int, last_day: date) -> int:
    """Return how many times fit from the first until a day, that day included; 0 where the first lies behind it."""
    return max(0, (last_day - _day_of(first)).days // (every_weeks * WEEK) + 1)


def shifted(timing: Timing, *, days: int) -> Timing:
    """Return a timing on the same wall clock so many days later. Months and years stay whole: that of their middle."""
    start, end = (wall and wall + timedelta(days=days) for wall in (timing.wall_start, timing.wall_end))
    if not days:
        return timing
    if start is not None and timing.precision is Precision.MONTH:
        middle = start + timedelta(days=14)
        return Timing.month(middle.year, middle.month, timing.zone)
    if start is not None and timing.precision is Precision.YEAR:
        return Timing.year_only((start + timedelta(days=182)).year, timing.zone)
    return _asked_anew(replace(timing, wall_start=start, wall_end=end))


def at_hours(timing: Timing, start: time, end: time, zone: str) -> Timing:
    """Return a timing on the same day with other hours, on the clocks of a place; an end before the start is the next
    day's."""
    day = _day_of(timing)
    last_day = day + timedelta(days=1) if end < start else day
    return Timing.minutes(datetime.combine(day, start), datetime.combine(last_day, end), zone)


def on_clocks_of(timing: Timing, starts_at: datetime, until: datetime, zone: str) -> Timing:
    """Return the same instants as the clocks of another place show them. Dates without hour keep their days."""
    if timing.precision is not Precision.MINUTE:
        return replace(timing, zone=zone)
    start, end = in_zone(starts_at, zone), in_zone(until, zone)
    return Timing.minutes(
        start.replace(tzinfo=None, fold=0),
        end.replace(tzinfo=None, fold=0) if timing.wall_end is not None else None,
        zone,
        is_second_start=bool(start.fold),
        is_second_end=bool(end.fold),
    )


def with_zone(timing: Timing, zone: str) -> Timing:
    """Return the same wall clock at another place: other instants."""
    zone_info(zone)
    return _asked_anew(replace(timing, zone=zone))


def _asked_anew(timing: Timing) -> Timing:
    """An hour that comes twice is asked about on each day by itself."""
    is_exact = timing.precision is Precision.MINUTE
    return replace(timing, is_second_start=None, is_second_end=None) if is_exact else timing


def settle_all(timings: Iterable[Timing]) -> list[Settled]:
    """Return each timing with its instants, or with its problem. Other faults (an end before the start) raise."""
    return [_settle(timing) for timing in timings]


def _settle(timing: Timing) -> Settled:
    try:
        timing, starts_at, until = settle(timing)
    except (HourDoesNotExist, HourOccursTwice) as problem:
        return Settled(timing, problem=problem)
    return Settled(timing, starts_at, until)


class Answer(StrEnum):
    """What is said about a day of many: which of two hours, the hour behind a gap, or that the day is left out."""

    FIRST = "first"
    SECOND = "second"
    BEYOND = "beyond"
    LEFT_OUT = "left_out"


def answer(settled: Settled, said: Answer | None) -> Settled | None:
    """Return a day as it was answered about: None where it is left out, still with its problem where nothing fits."""
    timing, problem = settled.timing, settled.problem
    if said is Answer.LEFT_OUT:
        return None
    if isinstance(problem, HourOccursTwice) and said in (Answer.FIRST, Answer.SECOND):
        is_second = said is Answer.SECOND
        return _settle(replace(timing, is_second_start=is_second, is_second_end=is_second))
    if isinstance(problem, HourDoesNotExist) and said is Answer.BEYOND:
        return _settle(beyond_the_gap(timing))
    return settled


def beyond_the_gap(timing: Timing) -> Timing:
    """Return a timing whose hours exist, as far behind the jump of the clocks as it is wide, and as long as before."""
    zone, start, end = timing.zone or "UTC", timing.wall_start, timing.wall_end
    if start is None:
        return timing
    later = next_existing(start, zone)
    return replace(timing, wall_start=later, wall_end=end and next_existing(end + (later - start), zone))
