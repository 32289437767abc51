"""The agenda as a list: what is now, then month by month in the order of the reader's days, then what is put off or
has no known days."""

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
from app.core.paging import Page
from app.moments import words
from app.moments.models import Moment
from app.moments.ordering import place_of


@dataclass(frozen=True, slots=True)
class MonthOfList:
    name: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class AgendaList:
    """`begun`: under way, open, today, or due any day now, with the cursor of more of these; `someday`: put off, or in
    a span of days that has begun; then the months of what is to come, of this page."""

    begun: list[Line]
    someday: list[Line]
    months: list[MonthOfList]
    next_cursor: str
    begun_cursor: str = ""

    @property
    def lines(self) -> list[Line]:
        return [*self.begun, *(line for month in self.months for line in month.lines), *self.someday]


def further_begun(actor: Actor, wanted: Wanted, *, zone: str | None, now: datetime, cursor: str) -> AgendaList:
    """Return a further page of what has begun, and nothing else."""
    page = queries.page_of_begun(actor, wanted, zone=zone, now=now, cursor=cursor)
    lines = still_kept(lines_of(actor, page.rows, now=now))
    return AgendaList(begun=lines, someday=[], months=[], next_cursor="", begun_cursor=page.next_cursor)


def list_of(actor: Actor, wanted: Wanted, *, zone: str | None, now: datetime, cursor: str = "") -> AgendaList:
    """Return one page of the list; what has begun stands on the first page, and on further ones of its own."""
    begun: Page[Moment] = Page(()) if cursor else queries.page_of_begun(actor, wanted, zone=zone, now=now)
    off = [] if cursor else [*queries.list_put_off(actor, wanted, now=now)]
    page = queries.page_of_coming(actor, wanted, zone=zone, now=now, cursor=cursor)
    lines = still_kept(lines_of(actor, [*begun.rows, *off, *page.rows], now=now))
    coming = {row.id for row in page.rows}
    before = [line for line in lines if line.moment.id not in coming]
    put_off = {row.id for row in off}
    someday = [line for line in before if line.moment.id in put_off or not (line.has_known_days or line.closes_any_day)]
    return AgendaList(
        begun=[line for line in before if line not in someday],
        someday=someday,
        months=_months((line for line in lines if line.moment.id in coming), zone),
        next_cursor=page.next_cursor,
        begun_cursor=begun.next_cursor,
    )


def _months(lines: Iterable[Line], zone: str | None) -> list[MonthOfList]:
    by_month = groupby(lines, key=lambda line: place_of(line.moment, zone).day.replace(day=1))
    return [MonthOfList(_name(month), list(several)) for month, several in by_month]


def _name(month: date) -> str:
    return words.month(month, page_language())
