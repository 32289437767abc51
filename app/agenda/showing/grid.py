"""The agenda as a week or a month: each date stands on the day it begins, or, where people answer in time, on the day
it ends. What spans more than that, and what has no known day, stands beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.agenda import queries
from app.agenda.queries import Wanted
from app.agenda.showing.lines import Line, lines_of, still_kept
from app.core.actors import Actor
from app.core.context import page_language
from app.moments import words
from app.moments.local import in_zone
from app.moments.models import Precision
from app.moments.timing import Timing, resolve
from app.moments.weekends import first_weekday, is_weekend, weekday

FIRST_YEAR, LAST_YEAR = 1990, 2100
WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)
MARGIN = ONE_DAY
"""Days that were said without a zone begin a day earlier or later than anywhere."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day with what begins on it. `is_outside`: of the month before or after."""

    date: date
    name: str
    lines: list[Line]
    is_today: bool
    is_weekend: bool
    is_outside: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """`heads` are the days of the week in the reader's order; `beside` is what has no day of its own here; `before` and
    `after` are days of the week or month next to it, None at the ends of time. `is_cut`: there is more."""

    title: str
    heads: list[str]
    weeks: list[list[Day]]
    beside: list[Line]
    before: date | None
    after: date | None
    is_cut: bool

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week]

    @property
    def lines(self) -> list[Line]:
        return [line for day in self.days for line in day.lines]


def day_in(text: str, today: date) -> date:
    """Return the day that an address asks for, today where it says none that can be shown."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else today


@dataclass(frozen=True, slots=True)
class Asked:
    """Who looks for what, when, and on whose clock."""

    actor: Actor
    wanted: Wanted
    zone: str | None
    now: datetime

    @property
    def today(self) -> date:
        return in_zone(self.now, self.zone).date()


def week_of(asked: Asked, day: date) -> Grid:
    """Return the week around a day, as weeks begin where the reader is."""
    first = _week_begins(day, asked.zone)
    last = first + WEEK - ONE_DAY
    return _grid(asked, words.days(first, last, page_language()), (first, last))


def month_of(asked: Asked, day: date) -> Grid:
    """Return the month around a day, in whole weeks."""
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - ONE_DAY
    return _grid(asked, words.month(first, page_language()), (first, last))


def _week_begins(day: date, zone: str | None) -> date:
    return day - timedelta(days=(day.weekday() - first_weekday(zone, page_language())) % 7)


def _grid(asked: Asked, title: str, span: tuple[date, date]) -> Grid:
    """Return the whole weeks around a span of days, filled with what begins within the span."""
    first, last = resolve(Timing.days(*span, asked.zone))
    rows, is_cut = queries.list_between(asked.actor, asked.wanted, first - MARGIN, last + MARGIN)
    by_day, beside = _placed(still_kept(lines_of(asked.actor, rows, now=asked.now)), span, asked.zone)
    begins = _week_begins(span[0], asked.zone)
    days = [begins + timedelta(days=n) for n in range((_week_begins(span[1], asked.zone) + WEEK - begins).days)]
    found = [_day(day, by_day.get(day, []), span, asked) for day in days]
    return Grid(
        title=title,
        heads=[weekday(day, page_language()) for day in days[:7]],
        weeks=[found[n : n + 7] for n in range(0, len(found), 7)],
        beside=beside,
        before=_within(span[0] - ONE_DAY),
        after=_within(span[1] + ONE_DAY),
        is_cut=is_cut,
    )


def _placed(
    lines: Sequence[Line], span: tuple[date, date], zone: str | None
) -> tuple[dict[date, list[Line]], list[Line]]:
    """Return the lines by day, and those that reach into these days without beginning there."""
    by_day, beside = defaultdict[date, list[Line]](list), []
    for line in lines:
        first, last = line.days(zone)
        if line.has_known_days and span[0] <= first <= span[1]:
            by_day[first].append(line)
        elif first <= span[1] and last >= span[0] and line.window is None:
            beside.append(line)
    for several in by_day.values():
        several.sort(key=lambda line: (line.moment.precision is Precision.MINUTE, line.time.starts_at, line.moment.id))
    return by_day, beside


def _day(day: date, lines: list[Line], span: tuple[date, date], asked: Asked) -> Day:
    return Day(
        date=day,
        name=words.day_of_year(day, page_language()),
        lines=lines,
        is_today=day == asked.today,
        is_weekend=asked.zone is not None and is_weekend(day, asked.zone),
        is_outside=not span[0] <= day <= span[1],
    )


def _within(day: date) -> date | None:
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
