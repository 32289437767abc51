"""Moments of all kinds in the order of time, as far as the actor sees them. `until` decides what is over: a conference
of two weeks stays on its second day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.agenda.queries.narrowing import Wanted
from app.core.actors import Actor
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.moments.models import Moment, Status

PER_PAGE = 40
"""Dates to come on one page of the list."""

MOST_BEGUN = 40
"""So many dates that have begun stand above them."""

MOST_AT_ONCE = 250
"""So many dates one week or month shows."""

MOST_COMING_IN_FEED, MOST_BEGUN_IN_FEED = 1_500, 500
"""So many dates one feed holds: the next ones, and the last ones."""

MOST_NEWS = 50
"""Entries of a news feed."""


def _wanted(actor: Actor, wanted: Wanted, *of: sa.ColumnElement[bool]) -> sa.Select[Moment]:
    return sa.select(Moment).where(*wanted.clauses(actor), *of)


def list_begun(actor: Actor, wanted: Wanted, *, now: datetime) -> Sequence[Moment]:
    """Return what has begun and is not over, what ends first at the head."""
    begun = _wanted(actor, wanted, Moment.starts_at < now, Moment.until >= now)
    return db.session.scalars(begun.order_by(Moment.until, Moment.id).limit(MOST_BEGUN)).all()


def list_put_off(actor: Actor, wanted: Wanted, *, now: datetime) -> Sequence[Moment]:
    """Return what was put off and whose old date has passed: it is still to come, nobody knows when (R-10)."""
    off = _wanted(actor, wanted, Moment.status == Status.POSTPONED, Moment.until < now)
    return db.session.scalars(off.order_by(Moment.until.desc(), Moment.id).limit(MOST_BEGUN)).all()


def page_of_coming(actor: Actor, wanted: Wanted, *, now: datetime, cursor: str = "") -> Page[Moment]:
    """Return one page of what has not begun, the next first."""
    coming = _wanted(actor, wanted, Moment.starts_at >= now)
    return fetch_page(coming, key=Moment.starts_at, row_id=Moment.id, cursor=cursor, size=PER_PAGE)


def list_between(actor: Actor, wanted: Wanted, first: datetime, last: datetime) -> Sequence[Moment]:
    """Return what begins between two instants, in its order, and before it what had begun and was not over; one more
    than `MOST_AT_ONCE` where there is more. Two questions: each follows one index."""
    within = _wanted(actor, wanted, Moment.starts_at >= first, Moment.starts_at <= last)
    before = _wanted(actor, wanted, Moment.starts_at < first, Moment.until >= first)
    begun = db.session.scalars(before.order_by(Moment.until, Moment.id).limit(MOST_BEGUN)).all()
    rows = db.session.scalars(within.order_by(Moment.starts_at, Moment.id).limit(MOST_AT_ONCE + 1)).all()
    return [*begun, *rows]


def list_for_feed(actor: Actor, wanted: Wanted, *, now: datetime, since: datetime, last: datetime) -> list[Moment]:
    """Return the dates of a feed, cancelled ones too: what is not over before `since` and begins until `last`."""
    coming = _wanted(actor, wanted, Moment.starts_at >= now, Moment.starts_at <= last)
    begun = _wanted(actor, wanted, Moment.starts_at < now, Moment.until >= since)
    rows = db.session.scalars(begun.order_by(Moment.until.desc(), Moment.id).limit(MOST_BEGUN_IN_FEED)).all()
    further = db.session.scalars(coming.order_by(Moment.starts_at, Moment.id).limit(MOST_COMING_IN_FEED)).all()
    return sorted((*rows, *further), key=lambda row: (row.starts_at, row.id))


def list_changed(actor: Actor, wanted: Wanted, *, now: datetime) -> Sequence[Moment]:
    """Return the dates that are not over, those said or changed last at the head."""
    open_ones = _wanted(actor, wanted, Moment.until >= now)
    return db.session.scalars(open_ones.order_by(Moment.changed_at.desc(), Moment.id).limit(MOST_NEWS)).all()


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
