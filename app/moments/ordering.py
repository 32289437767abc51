"""Moments in the order of the days on which they stand for a reader, page by page.

`starts_at` is no such order: a day that was said without a zone begins there with the first place on Earth, up to a day
before it begins for whoever reads. Here a day, a month and a span stand on their first day as it was said, before the
hours of that day; a month alone so stands at its own head. Hours stand on the reader's clock, or, where none is known,
on their own, as pages print them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.errors import NotFound
from app.core.paging import Page, decode_cursor, encode_cursor
from app.extensions import db
from app.moments.local import in_zone, zone_info
from app.moments.models import Moment, Precision

HAS_HOUR = Moment.precision == Precision.MINUTE
FIRST_DAY = sa.func.coalesce(Moment.wall_start, Moment.wall_end, type_=Moment.wall_start.type)
AWAY = timedelta(days=2)
"""A day begins and ends everywhere within so long of its own midnight."""

_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a moment stands: on a day, at an hour (None: the whole day or more), then by its id. The hour is an
    instant on a reader's clock, else what its own clock shows."""

    day: date
    hour: datetime | None
    moment_id: UUID

    @property
    def rank(self) -> tuple[date, bool, datetime, UUID]:
        hour = _EARLIEST if self.hour is None else self.hour.replace(tzinfo=self.hour.tzinfo or UTC)
        return self.day, self.hour is not None, hour, self.moment_id

    def in_words(self) -> str:
        """Return the cursor of what comes behind it."""
        return encode_cursor(f"{self.day} {self.hour.isoformat() if self.hour else ''}", self.moment_id)


def place_of(moment: Moment, zone: str | None) -> Place:
    """Return where a moment stands for a reader."""
    first = moment.wall_start or moment.wall_end
    assert first is not None  # noqa: S101 - a constraint of the table
    if moment.precision is not Precision.MINUTE:
        return Place(first.date(), None, moment.id)
    hour = in_zone(moment.starts_at, zone) if zone else first
    return Place(hour.date(), hour, moment.id)


def has_begun(zone: str | None, now: datetime) -> sa.ColumnElement[bool]:
    """Say which moments have begun, be they over or not: hours that have passed, and days
    until today, as it is for the reader."""
    return sa.case((HAS_HOUR, Moment.starts_at < now), else_=_today(zone, now) >= FIRST_DAY)


def _today(zone: str | None, now: datetime) -> sa.ColumnElement[Any]:
    return sa.literal(_midnight(in_zone(now, zone).date()), Moment.wall_start.type)


def page_by_day(
    statement: sa.Select[Any], *, zone: str | None, now: datetime | None = None, cursor: str = "", size: int
) -> Page[Any]:
    """Return one page of a statement of one entity that is, or is joined to, its moment. With `now`, only what lies
    ahead. Hours and days are asked for apart, each in the order of one column, and put together here."""
    after = _place_at(cursor, zone) if cursor else None
    found = [*_hours(statement, zone, now, after, size + 1), *_days(statement, zone, now, after, size + 1)]
    found.sort(key=lambda pair: pair[0].rank)
    rows = [entity for _place, entity in found[:size]]
    return Page(rows, found[size - 1][0].in_words() if len(found) > size else "")


Found = Iterator[tuple[Place, Any]]


def _hours(statement: sa.Select[Any], zone: str | None, now: datetime | None, after: Place | None, most: int) -> Found:
    key: Any = Moment.starts_at if zone else Moment.wall_start
    statement = statement.where(HAS_HOUR, *([Moment.starts_at >= now] if now else []))
    if after is not None and after.hour is None:
        statement = statement.where(key >= sa.literal(_begins(after.day, zone), key.type))
    elif after is not None:
        statement = statement.where(_behind(key, after.hour, after.moment_id))
    for entity, value, moment_id in _fetch(statement, key, most):
        yield Place(in_zone(value, zone).date() if zone else value.date(), value, moment_id), entity


def _days(statement: sa.Select[Any], zone: str | None, now: datetime | None, after: Place | None, most: int) -> Found:
    statement = statement.where(~HAS_HOUR)
    if now is not None:
        statement = statement.where(Moment.starts_at >= now - AWAY, _today(zone, now) < FIRST_DAY)
    if after is not None and after.hour is None:
        statement = statement.where(_behind(FIRST_DAY, _midnight(after.day), after.moment_id))
    elif after is not None:
        statement = statement.where(sa.literal(_midnight(after.day), FIRST_DAY.type) < FIRST_DAY)
    for entity, value, moment_id in _fetch(statement, FIRST_DAY, most):
        yield Place(value.date(), None, moment_id), entity


def _behind(key: Any, value: Any, moment_id: UUID) -> sa.ColumnElement[bool]:
    here = sa.tuple_(key, Moment.id)
    return here > sa.tuple_(sa.literal(value, key.type), sa.literal(moment_id, Moment.id.type))


def _fetch(statement: sa.Select[Any], key: Any, most: int) -> Iterator[Any]:
    ordered = statement.add_columns(key.label("stands_at"), Moment.id.label("moment_id")).order_by(key, Moment.id)
    yield from db.session.execute(ordered.limit(most)).unique()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _begins(day: date, zone: str | None) -> datetime:
    """Return the first instant of a day on the reader's clock; its midnight on any where there is none."""
    return _midnight(day).replace(tzinfo=zone_info(zone)).astimezone(UTC) if zone else _midnight(day)


def _place_at(cursor: str, zone: str | None) -> Place:
    """Read a cursor. Where the reader chose a clock since, or gave it up, the page begins with its day once more."""
    text, moment_id = decode_cursor(cursor, as_instant=False)
    day_said, _space, hour_said = str(text).partition(" ")
    try:
        day, hour = date.fromisoformat(day_said), datetime.fromisoformat(hour_said) if hour_said else None
        _begins(day, zone)
        if hour is not None and (hour.tzinfo is None) != (zone is None):
            return Place(day, None, UUID(int=0))
        return Place(day, hour.astimezone(UTC) if hour is not None and zone else hour, moment_id)
    except (ValueError, OverflowError) as error:
        raise NotFound from error
