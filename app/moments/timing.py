"""From what a person typed to instants: wall clock and zone are the truth, `starts_at` and `until` follow from them.

Pure: no database, no clock, no reader. A wall time that does not exist (clocks go forward) is refused with the next
one that does; one that occurs twice (clocks go back) is asked about, or takes the earlier for a deadline (R-08).
Dates without hour cover the whole day at their zone, or, without zone, everywhere on earth.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.context import page_language
from app.core.errors import RuleBroken
from app.moments import words
from app.moments.local import UnknownZone, zone_info
from app.moments.models import Moment, Precision

__all__ = [
    "DayDoesNotExist",
    "EndsBeforeStart",
    "HourDoesNotExist",
    "HourOccursTwice",
    "LastsTooLong",
    "Timing",
    "UnknownZone",
    "exists",
    "next_existing",
    "occurs_twice",
    "resolve",
    "settle",
]

FIRST_ON_EARTH = timezone(timedelta(hours=14))
LAST_ON_EARTH = timezone(timedelta(hours=-12))
LONGEST = timedelta(days=14)
"""Longest time with hours: conferences of two weeks exist; what lasts longer is a span of days."""

INSTANT = timedelta(microseconds=1)


class HourDoesNotExist(RuleBroken):
    """The clocks jump over this hour; `suggestion` is the wall clock to choose instead."""

    def __init__(self, wall: datetime, suggestion: datetime, zone: str, field: str) -> None:
        super().__init__(
            # I18N: for instance: "02:30 does not exist in Beirut on Sunday 28 March 2027: the clocks go forward…"
            _l(
                "%(hour)s does not exist in %(place)s on %(day)s: the clocks go forward. Choose %(suggestion)s?",
                hour=words.hour(wall),
                place=_place(zone),
                day=_day(wall),
                suggestion=words.hour(suggestion),
            ),
            field=field,
            rule="R-08",
        )
        self.suggestion = suggestion


class DayDoesNotExist(RuleBroken):
    """A place that crossed the date line skipped this day."""

    def __init__(self, day: date, zone: str) -> None:
        super().__init__(
            _l("%(day)s does not exist in %(place)s. Choose another day.", day=_day(day), place=_place(zone)),
            field="day",
            rule="R-08",
        )


class HourOccursTwice(RuleBroken):
    """The clocks show this hour two times; `first` and `second` are the instants to choose from."""

    def __init__(self, wall: datetime, zone: str) -> None:
        self.first, self.second = _instants(wall, zone_info(zone))
        super().__init__(
            # I18N: for instance: "01:30 comes twice in Zurich on …: first at UTC+2, then at UTC+1. Say which…"
            _l(
                "%(hour)s comes twice in %(place)s on %(day)s, because the clocks go back: first at %(first)s, "
                "then at %(second)s. Say which of the two.",
                hour=words.hour(wall),
                place=_place(zone),
                day=_day(wall),
                first=words.offset(self.first.astimezone(zone_info(zone))),
                second=words.offset(self.second.astimezone(zone_info(zone))),
            ),
            field="occurrence",
            rule="R-08",
        )


class EndsBeforeStart(RuleBroken):
    """The end is not after the start."""


class LastsTooLong(RuleBroken):
    """More than two weeks with hours."""


def _place(zone: str) -> Any:
    return LazyString(lambda: words.place(zone, page_language()))


def _day(day: date) -> Any:
    day = date(day.year, day.month, day.day)
    return LazyString(lambda: words.day(day, page_language()))


@dataclass(frozen=True, slots=True)
class Timing:
    """When something is, as a person says it. For all but minutes the walls are midnights of first and last day.

    `is_second_…` belongs to hours that occur twice: False is the earlier, True the later, None is "not said" and
    makes `resolve` ask. One of the two walls may be None: only the start or only the end is known. `may_be_long`: what
    opens and closes something (applications) may lie months apart; a meeting of so long is a slip.
    """

    precision: Precision
    wall_start: datetime | None
    wall_end: datetime | None
    zone: str | None
    is_second_start: bool | None = False
    is_second_end: bool | None = False
    may_be_long: bool = field(default=False, compare=False)

    @classmethod
    def minutes(
        cls,
        start: datetime,
        end: datetime | None,
        zone: str,
        *,
        is_deadline: bool = False,
        is_second_start: bool | None = None,
        is_second_end: bool | None = None,
        may_be_long: bool = False,
    ) -> Timing:
        """Hours on a wall. An hour that occurs twice is asked about, unless said; a deadline takes the earlier."""
        if is_deadline:
            is_second_start, is_second_end = bool(is_second_start), bool(is_second_end)
        return cls(Precision.MINUTE, start, end, zone, is_second_start, is_second_end, may_be_long)

    @classmethod
    def days(cls, first: date, last: date | None = None, zone: str | None = None) -> Timing:
        """One day, or from one day to another, both included."""
        return cls(Precision.DAY, _midnight(first), _midnight(last or first), zone)

    @classmethod
    def from_day(cls, first: date, zone: str | None = None) -> Timing:
        """Beginning on a day, until nobody knows when."""
        return cls(Precision.DAY, _midnight(first), None, zone)

    @classmethod
    def until_day(cls, last: date, zone: str | None = None) -> Timing:
        """Ending on a day, since nobody knows when."""
        return cls(Precision.DAY, None, _midnight(last), zone)

    @classmethod
    def month(cls, year: int, month: int, zone: str | None = None) -> Timing:
        """Some time in a month."""
        last = monthrange(year, month)[1]
        return cls(Precision.MONTH, datetime(year, month, 1), datetime(year, month, last), zone)  # noqa: DTZ001

    @classmethod
    def year_only(cls, year: int, zone: str | None = None) -> Timing:
        """Some time in a year."""
        return cls(Precision.YEAR, datetime(year, 1, 1), datetime(year, 12, 31), zone)  # noqa: DTZ001

    @classmethod
    def window(cls, first: date, last: date, zone: str | None = None) -> Timing:
        """Some time between two days, both included."""
        return cls(Precision.WINDOW, _midnight(first), _midnight(last), zone)

    @classmethod
    def of(cls, moment: Moment) -> Timing:
        """The timing that a moment keeps; however long it is, it was accepted once."""
        return cls(
            moment.precision,
            moment.wall_start,
            moment.wall_end,
            moment.zone,
            moment.is_second_start,
            moment.is_second_end,
            may_be_long=True,
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _wall(instant: datetime, zone: tzinfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def _instants(wall: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return what both readings of a wall clock give: the same instant twice for an ordinary hour."""
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return first, second


def exists(wall: datetime, zone: str) -> bool:
    """Return whether the clocks of a zone ever show this time."""
    info = zone_info(zone)
    return _wall(_instants(wall, info)[0], info) == wall


def occurs_twice(wall: datetime, zone: str) -> bool:
    """Return whether the clocks of a zone show this time two times."""
    first, second = _instants(wall, zone_info(zone))
    return first < second and exists(wall, zone)


def next_existing(wall: datetime, zone: str) -> datetime:
    """Return the wall clock itself, or, inside a gap, the one as far behind it as the gap is wide."""
    info = zone_info(zone)
    return _wall(_instants(wall, info)[0], info)


def _first_instant(day: date, zone: tzinfo) -> datetime:
    """Return the first instant whose local date is this day (or, for a skipped day, the first one after it)."""
    midnight = _midnight(day)
    first, second = _instants(midnight, zone)
    if _wall(first, zone) == midnight:
        return first
    # The clocks jump over midnight: look for the jump, which lies between the two readings.
    before, after = min(first, second), max(first, second)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        before, after = (before, middle) if _wall(middle, zone) >= midnight else (middle, after)
    return after


def _last_instant(day: date, zone: tzinfo) -> datetime:
    """Return the last instant whose local date is this day, also where the next midnight is passed two times."""
    next_midnight = _midnight(day + timedelta(days=1))
    first, second = _instants(next_midnight, zone)
    if _wall(first, zone) == next_midnight:
        return max(first, second) - INSTANT
    return _first_instant(day + timedelta(days=1), zone) - INSTANT


def _whole_days(timing: Timing) -> tuple[datetime, datetime]:
    start, end = timing.wall_start or timing.wall_end, timing.wall_end or timing.wall_start
    assert start is not None and end is not None  # noqa: S101, PT018 - asked before
    if end < start:
        raise EndsBeforeStart(_l("The last day lies before the first. Choose a later last day."), field="end")
    if timing.zone is None:
        return _first_instant(start.date(), FIRST_ON_EARTH), _last_instant(end.date(), LAST_ON_EARTH)
    zone = zone_info(timing.zone)
    first, last = _first_instant(start.date(), zone), _last_instant(end.date(), zone)
    for day, instant in ((start.date(), first), (end.date(), last)):
        if timing.precision is Precision.DAY and _wall(instant, zone).date() != day:
            raise DayDoesNotExist(day, timing.zone)
    return first, max(first, last)


def _start_instant(timing: Timing, wall: datetime, zone: str) -> datetime:
    if not exists(wall, zone):
        raise HourDoesNotExist(wall, next_existing(wall, zone), zone, "start")
    first, second = _instants(wall, zone_info(zone))
    if first == second:
        return first
    if timing.is_second_start is None:
        raise HourOccursTwice(wall, zone)
    return second if timing.is_second_start else first


def _end_instant(timing: Timing, wall: datetime, zone: str, start: datetime, start_was_asked: bool) -> datetime:
    if not exists(wall, zone):
        raise HourDoesNotExist(wall, next_existing(wall, zone), zone, "end")
    first, second = _instants(wall, zone_info(zone))
    if first == second:
        return first
    if timing.is_second_end is not None:
        return second if timing.is_second_end else first
    if not start_was_asked:
        raise HourOccursTwice(wall, zone)
    return next((instant for instant in (first, second) if instant > start), second)


def _minutes(timing: Timing) -> tuple[datetime, datetime]:
    wall, zone = timing.wall_start, timing.zone
    if wall is None or zone is None:
        raise ValueError("hours need a start and a zone")
    start = _start_instant(timing, wall, zone)
    if timing.wall_end is None:
        return start, start
    end = _end_instant(timing, timing.wall_end, zone, start, occurs_twice(wall, zone))
    if end <= start:
        raise EndsBeforeStart(_l("This ends before it begins. Choose a later end."), field="end")
    if end - start > LONGEST and not timing.may_be_long:
        raise LastsTooLong(_l("This lasts longer than two weeks. Choose an earlier end."), field="end")
    return start, end


def resolve(timing: Timing) -> tuple[datetime, datetime]:
    """Return the first and the last instant (UTC) of a timing.

    Raises `UnknownZone`, `HourDoesNotExist`, `DayDoesNotExist`, `HourOccursTwice`, `EndsBeforeStart`,
    `LastsTooLong` (R-08).
    """
    if timing.wall_start is None and timing.wall_end is None:
        raise ValueError("a timing needs a start or an end")
    return _minutes(timing) if timing.precision is Precision.MINUTE else _whole_days(timing)


def settle(timing: Timing) -> tuple[Timing, datetime, datetime]:
    """Return a timing with every open question answered, and its instants: what a row keeps. Raises as `resolve`."""
    starts_at, until = resolve(timing)
    second_start = second_end = False
    if timing.precision is Precision.MINUTE and timing.zone is not None:
        zone = zone_info(timing.zone)
        if timing.wall_start is not None:
            second_start = starts_at > _instants(timing.wall_start, zone)[0]
        if timing.wall_end is not None:
            second_end = until > _instants(timing.wall_end, zone)[0]
    return replace(timing, is_second_start=second_start, is_second_end=second_end), starts_at, until
