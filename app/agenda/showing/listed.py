"""The agenda as a list: what is now, what is put off or known by its month alone, then month by month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from app.agenda import queries
from app.agenda.queries import Wanted
from app.agenda.showing.lines import Line, lines_of, still_kept
from app.core.actors import Actor
from app.core.context import page_language
from app.moments import words


@dataclass(frozen=True, slots=True)
class MonthOfList:
    name: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class AgendaList:
    """`begun`: under way, open or today; `someday`: put off, or in a span of days that has begun; then the months of
    what is to come, of this page."""

    begun: list[Line]
    someday: list[Line]
    months: list[MonthOfList]
    next_cursor: str

    @property
    def lines(self) -> list[Line]:
        return [*self.begun, *(line for month in self.months for line in month.lines), *self.someday]


def list_of(actor: Actor, wanted: Wanted, *, now: datetime, cursor: str = "") -> AgendaList:
    """Return one page of the list; what has begun stands on the first page alone."""
    begun = [] if cursor else [*queries.list_begun(actor, wanted, now=now)]
    off = [] if cursor else [*queries.list_put_off(actor, wanted, now=now)]
    page = queries.page_of_coming(actor, wanted, now=now, cursor=cursor)
    lines = still_kept(lines_of(actor, [*begun, *off, *page.rows], now=now))
    coming = {row.id for row in page.rows}
    before = [line for line in lines if line.moment.id not in coming]
    put_off = {row.id for row in off}
    someday = [line for line in before if line.moment.id in put_off or not line.has_known_days]
    return AgendaList(
        begun=[line for line in before if line not in someday],
        someday=someday,
        months=_months(line for line in lines if line.moment.id in coming) if coming else [],
        next_cursor=page.next_cursor,
    )


def _months(lines: Iterable[Line]) -> list[MonthOfList]:
    by_month = groupby(lines, key=lambda line: line.days(None)[0].replace(day=1))
    return [MonthOfList(_name(month), list(several)) for month, several in by_month]


def _name(month: date) -> str:
    return words.month(month, page_language())
