"""The plan of a group's year: what has a date, drawn and listed.

It knows moments and the cards of other packages, nothing of what they date: meetings, tasks, windows of decisions and
whatever a package above dates for the people of a group stand here by themselves. That is why it lives with the group
and not with one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from markupsafe import Markup, escape

from app.core import registries, searching
from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import direction
from app.core.registries import DONE, DROPPED, Card
from app.moments import words
from app.moments.endings import Ending, window_end
from app.moments.models import Moment, MomentChange, Precision, Status
from app.moments.queries import list_changes_of
from app.moments.shown import moved_from
from app.moments.year import Dated, Year, YearRow, year_of
from app.workinggroups.models import WorkingGroup
from app.workinggroups.queries.dates import list_coming_dates, list_dates, span_of_dates

NEXT_DATES = 5
MARGIN = timedelta(days=1)
"""A day at one end of the earth is not a day at the other."""

STILL_TO_DO = frozenset({"open", "under_way"})
"""States of cards of which somebody still has to do something."""

LONGEST_NAME = 60
"""Characters that name a row of the picture; the list says more."""

YEARS_BACK, YEARS_AHEAD = 20, 10


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date of a group: what it is of (`kind` in words, "" where nobody says), and what is there to read; `is_late`
    when something is still to be done and its date has passed; `window` is the end of what people answer in time."""

    moment: Moment
    card: Card
    kind: Any
    is_late: bool
    is_over: bool
    window: Ending | None = None

    @property
    def is_closed(self) -> bool:
        return self.card.state == DONE


@dataclass(frozen=True, slots=True)
class MonthOfPlan:
    """The dates of one month; `name` is "" for those of which only the year is known."""

    name: str
    lines: list[DateLine]


@dataclass(frozen=True, slots=True)
class Plan:
    """A year of a group: the picture, the same dates by month, and the years that can be looked at."""

    picture: Year
    months: list[MonthOfPlan]
    years: list[int]

    @property
    def lines(self) -> list[DateLine]:
        return [line for month in self.months for line in month.lines]


def _lines(actor: Actor, moments: Sequence[Moment], now: datetime) -> list[DateLine]:
    """Return moments with what they are dates of; what its package does not show to this actor is left out,
    and so is what was given up."""
    cards = registries.cards([(row.subject_kind, row.subject_id) for row in moments], actor)
    kinds = searching.kinds()
    return [
        DateLine(
            moment=row,
            card=card,
            kind=kinds[row.subject_kind].one if row.subject_kind in kinds else "",
            is_late=card.state in STILL_TO_DO and row.until < now,
            is_over=row.until <= now or row.status is Status.HELD,
            window=window_end(row) if row.status is not Status.CANCELLED else None,
        )
        for row in moments
        if (card := cards.get(row.subject_id)) is not None and card.state != DROPPED
    ]


def _one_of_each(lines: Iterable[DateLine]) -> list[DateLine]:
    """Return the first line of each thing: a decision has a window after another, and would fill the plan alone."""
    kept: dict[tuple[str, UUID], DateLine] = {}
    for line in lines:
        kept.setdefault((line.moment.subject_kind, line.moment.subject_id), line)
    return list(kept.values())


def coming_dates(
    actor: Actor, group: WorkingGroup, now: datetime, *, most: int = NEXT_DATES, above: str = ""
) -> list[DateLine]:
    """Return the next dates of a group, without those of things that are done already, and without those whose page is
    linked in what stands `above` them."""
    lines = _lines(actor, list_coming_dates(actor, group, now=now, limit=most * 6), now)
    return [
        line for line in _one_of_each(lines) if not line.is_closed and f'href="{escape(line.card.href)}"' not in above
    ][:most]


def plan_of(actor: Actor, group: WorkingGroup, year: int, today: date, *, now: datetime) -> Plan:
    """Return the plan of a year, with the last date of each thing in it; five queries and one per kind of thing,
    however many dates there are."""
    first, last = datetime(year, 1, 1, tzinfo=UTC) - MARGIN, datetime(year + 1, 1, 1, tzinfo=UTC) + MARGIN
    lines = _one_of_each(reversed(_lines(actor, list_dates(actor, group, first, last), now)))[::-1]
    changes = list_changes_of([line.moment.id for line in lines])
    picture = year_of((_dated(line, changes[line.moment.id]) for line in lines), year, today, page_language())
    by_moment = {line.moment.id: line for line in lines}
    return Plan(picture, _months(picture.rows, by_moment, year), _years(actor, group, year, today))


def _dated(line: DateLine, changes: list[MomentChange]) -> Dated:
    is_over = line.is_over if line.window is not None else None
    return Dated(
        _title(line.card), str(line.kind), line.moment, moved_from(line.moment, changes), line.card.href, is_over
    )


def _title(card: Card) -> str:
    """Return the first words of somebody, in their own language and direction."""
    name = card.title
    if len(name) > LONGEST_NAME:
        name = name[:LONGEST_NAME].rsplit(" ", 1)[0] + " …"
    if not card.language:
        return Markup("<bdi>{}</bdi>").format(name)
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(card.language, direction(card.language), name)


def _months(rows: Iterable[YearRow], by_moment: dict[UUID, DateLine], year: int) -> list[MonthOfPlan]:
    """Return the rows of the picture by the month in which they begin, as far as it is known."""
    found = []
    for month, several in groupby(rows, key=lambda row: _month_of(row.dated.moment, year)):
        name = words.month(date(year, month, 1), page_language()) if month else ""
        found.append(MonthOfPlan(name, [by_moment[row.dated.moment.id] for row in several]))
    return found


def _month_of(moment: Moment, year: int) -> int:
    """Return in which month of a year a moment stands: its first day there; 0 where only the year is known."""
    if moment.precision is Precision.YEAR:
        return 0
    day = moment.wall_start or moment.wall_end
    if day is None or day.year > year:
        return 12
    return day.month if day.year == year else 1


def _years(actor: Actor, group: WorkingGroup, year: int, today: date) -> list[int]:
    """Return the years that have dates, the present and the next one, and the one that is looked at."""
    span = span_of_dates(actor, group)
    found = {today.year, today.year + 1, year}
    if span is not None:
        first, last = span[0].year, (span[1] - MARGIN).year
        found |= set(range(max(first, today.year - YEARS_BACK), min(last, today.year + YEARS_AHEAD) + 1))
    return sorted(found)
