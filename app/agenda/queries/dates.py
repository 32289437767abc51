"""Moments of all kinds in the order of time, as far as the actor sees them. `until` decides what is over: a conference
of two weeks stays on its second day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.agenda.queries.narrowing import Wanted, is_of_others
from app.core.actors import Actor
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.moments.models import Moment, Status
from app.moments.ordering import has_begun, page_by_day

PER_PAGE = 40
"""Dates to come on one page of the list."""

MOST_BEGUN = 40
"""So many dates that have begun stand above them, and on each further page of these."""

OTHERS = "others"
"""Marks how far the pages of what has begun have come: to events of others."""

MOST_AT_ONCE = 250
"""So many dates one week or month shows."""

MOST_COMING_IN_FEED, MOST_BEGUN_IN_FEED = 1_500, 500
"""So many dates one feed holds: the next ones, and the last ones."""

MOST_NEWS = 50
"""Entries of a news feed."""


def _wanted(actor: Actor, wanted: Wanted, *of: sa.ColumnElement[bool]) -> sa.Select[Moment]:
    return sa.select(Moment).where(*wanted.clauses(actor), *of)


def _house_first(statement: sa.Select[Moment], *order: Any, most: int, others: int | None = None) -> list[Moment]:
    """Return so many in this order, not yet as one: those of the network, then events of others as far as there is
    room (`others` at most, beside them). However many dates a calendar of others brings, no own one gives way."""
    own = db.session.scalars(statement.where(is_of_others(False)).order_by(*order).limit(most)).all()
    room = most - len(own) if others is None else others
    return [*own, *db.session.scalars(statement.where(is_of_others(True)).order_by(*order).limit(room))]


def page_of_begun(actor: Actor, wanted: Wanted, *, zone: str | None, now: datetime, cursor: str = "") -> Page[Moment]:
    """Return one page of what has begun for the reader and is not over, what ends first at the head: all dates of the
    network before the first event of others."""
    begun = _wanted(actor, wanted, has_begun(zone, now), Moment.until >= now)
    whose, _dot, after = cursor.partition(".")
    own: Page[Moment] = Page(()) if whose == OTHERS else _page_by_end(begun.where(is_of_others(False)), cursor)
    if own.next_cursor or len(own.rows) == MOST_BEGUN:
        return Page(own.rows, own.next_cursor or f"{OTHERS}.")
    room, after = MOST_BEGUN - len(own.rows), after if whose == OTHERS else ""
    others = _page_by_end(begun.where(is_of_others(True)), after, room)
    further = f"{OTHERS}.{others.next_cursor}" if others.next_cursor else ""
    return Page(_by_end([*own.rows, *others.rows]), further)


def _page_by_end(begun: sa.Select[Moment], cursor: str, size: int = MOST_BEGUN) -> Page[Moment]:
    return fetch_page(begun, key=Moment.until, row_id=Moment.id, cursor=cursor, size=size)


def list_put_off(actor: Actor, wanted: Wanted, *, now: datetime) -> Sequence[Moment]:
    """Return what was put off and whose old date has passed: it is still to come, nobody knows when (R-10)."""
    off = _wanted(actor, wanted, Moment.status == Status.POSTPONED, Moment.until < now)
    return db.session.scalars(off.order_by(Moment.until.desc(), Moment.id).limit(MOST_BEGUN)).all()


def page_of_coming(actor: Actor, wanted: Wanted, *, zone: str | None, now: datetime, cursor: str = "") -> Page[Moment]:
    """Return one page of what has not begun, day by day as they are for the reader."""
    return page_by_day(_wanted(actor, wanted), zone=zone, now=now, cursor=cursor, size=PER_PAGE)


def list_between(actor: Actor, wanted: Wanted, first: datetime, last: datetime) -> tuple[list[Moment], bool]:
    """Return what begins between two instants, in its order, before it what had begun and was not over, and whether
    there is more than is shown. Asked apart: each question follows one index."""
    within = _wanted(actor, wanted, Moment.starts_at >= first, Moment.starts_at <= last)
    before = _wanted(actor, wanted, Moment.starts_at < first, Moment.until >= first)
    begun = _house_first(before, Moment.until, Moment.id, most=MOST_BEGUN + 1)
    rows = _house_first(within, Moment.starts_at, Moment.id, most=MOST_AT_ONCE + 1)
    is_cut = len(begun) > MOST_BEGUN or len(rows) > MOST_AT_ONCE
    return [*_by_end(begun[:MOST_BEGUN]), *_by_start(rows[:MOST_AT_ONCE])], is_cut


def list_for_feed(actor: Actor, wanted: Wanted, *, now: datetime, since: datetime, last: datetime) -> list[Moment]:
    """Return the dates of a feed, cancelled ones too: what is not over before `since` and begins until `last`."""
    coming = _wanted(actor, wanted, Moment.starts_at >= now, Moment.starts_at <= last)
    begun = _wanted(actor, wanted, Moment.starts_at < now, Moment.until >= since)
    rows = _house_first(begun, Moment.until.desc(), Moment.id, most=MOST_BEGUN_IN_FEED)
    further = _house_first(coming, Moment.starts_at, Moment.id, most=MOST_COMING_IN_FEED)
    return _by_start([*rows, *further])


def list_changed(actor: Actor, wanted: Wanted, *, now: datetime) -> Sequence[Moment]:
    """Return the dates that are not over, those said or changed last at the head; events of others are half of them
    at most."""
    open_ones = _wanted(actor, wanted, Moment.until >= now)
    rows = _house_first(open_ones, Moment.changed_at.desc(), Moment.id, most=MOST_NEWS, others=MOST_NEWS // 2)
    return sorted(rows, key=lambda row: (-row.changed_at.timestamp(), row.id))[:MOST_NEWS]


def _by_start(rows: list[Moment]) -> list[Moment]:
    return sorted(rows, key=lambda row: (row.starts_at, row.id))


def _by_end(rows: list[Moment]) -> list[Moment]:
    return sorted(rows, key=lambda row: (row.until, row.id))


@dataclass(frozen=True, slots=True)
class Print:
    """What tells whether dates changed without reading them: how many there are, how often they changed, and when one
    of them did so last."""

    count: int
    changes: int
    changed_at: datetime | None


def print_of_feed(actor: Actor, wanted: Wanted, *, since: datetime, last: datetime) -> Print:
    """Return the print of all dates between two instants that the actor sees."""
    counted = (
        sa.func.count(Moment.id),
        sa.func.coalesce(sa.func.sum(Moment.sequence), 0),
        sa.func.max(Moment.changed_at),
    )
    there = sa.select(*counted).where(*wanted.clauses(actor), Moment.until >= since, Moment.starts_at <= last)
    count, changes, changed_at = db.session.execute(there).one()
    return Print(count, int(changes), changed_at)
