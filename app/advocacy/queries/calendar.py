"""The advocacy calendar: sessions and deadlines by what they are of, and by when they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload, lazyload

from app.advocacy.models import (
    DEADLINES,
    AdvocacySpace,
    Occurrence,
    OccurrenceGoal,
    ParticipationMode,
    ReviewedState,
    SpaceGoal,
    SpaceKind,
    Step,
)
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.moments.models import NOT_TAKING_PLACE, Certainty, Moment, Precision, Status

AWAY = 3
"""Years within which a date that moved out of a year is looked for."""

PAGE = 40
"""Dates on one page of the list."""


class Sureness(StrEnum):
    """How sure a date is, as the calendar tells it apart."""

    CONFIRMED = "confirmed"
    EXPECTED = "expected"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for; None, "" and 0 leave it open. `countries` are those of a region."""

    kind: SpaceKind | None = None
    space_ids: frozenset[UUID] | None = None
    goal: int = 0
    state: str = ""
    countries: frozenset[str] | None = None
    sureness: Sureness | None = None
    year: int = 0

    @property
    def is_about_spaces(self) -> bool:
        """Whether a space can answer this without any date."""
        return not (self.state or self.countries is not None or self.sureness)


def _reviews(goal: int) -> sa.ColumnElement[bool]:
    """R-07: what an occurrence reviews is its own; where nobody knows that, the goals of its space stand for it."""
    own = sa.select(OccurrenceGoal.goal).where(OccurrenceGoal.occurrence_id == Occurrence.id)
    of_space = sa.select(SpaceGoal.goal).where(SpaceGoal.space_id == Occurrence.space_id, SpaceGoal.goal == goal)
    return sa.or_(own.where(OccurrenceGoal.goal == goal).exists(), sa.and_(~own.exists(), of_space.exists()))


def _about(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    """Return what holds for the occurrence itself."""
    found: list[sa.ColumnElement[bool]] = []
    if wanted.kind is not None:
        of_kind = sa.select(AdvocacySpace.id).where(AdvocacySpace.kind == wanted.kind)
        found.append(Occurrence.space_id.in_(of_kind))
    if wanted.space_ids is not None:
        found.append(Occurrence.space_id.in_(wanted.space_ids))
    if wanted.goal:
        found.append(_reviews(wanted.goal))
    reviewed = sa.select(ReviewedState.country).where(ReviewedState.occurrence_id == Occurrence.id)
    if wanted.state:
        found.append(reviewed.where(ReviewedState.country == wanted.state).exists())
    if wanted.countries is not None:
        there = reviewed.where(ReviewedState.country.in_(wanted.countries)).exists()
        found.append(sa.or_(Occurrence.country.in_(wanted.countries), there))
    return found


def _is_confirmed(moment: Any) -> sa.ColumnElement[bool]:
    """A knot: somebody stands by a day that is known, as in the picture of the year."""
    return sa.and_(
        moment.status.in_((Status.CONFIRMED, Status.HELD)),
        moment.certainty == Certainty.VERIFIED,
        moment.precision.in_((Precision.MINUTE, Precision.DAY)),
    )


def _dated(wanted: Wanted, moment: Any) -> list[sa.ColumnElement[bool]]:
    """Return what holds for a date: its year on the wall of its own place, and how sure it is."""
    found: list[sa.ColumnElement[bool]] = []
    if wanted.year:
        first, after = datetime(wanted.year, 1, 1), datetime(wanted.year + 1, 1, 1)  # noqa: DTZ001 - wall clocks
        found.append(sa.func.coalesce(moment.wall_start, moment.wall_end) < sa.literal(after, moment.wall_start.type))
        found.append(sa.func.coalesce(moment.wall_end, moment.wall_start) >= sa.literal(first, moment.wall_start.type))
    match wanted.sureness:
        case Sureness.CONFIRMED:
            found.append(_is_confirmed(moment))
        case Sureness.EXPECTED:
            found.append(sa.and_(~_is_confirmed(moment), moment.status != Status.CANCELLED))
        case Sureness.CANCELLED:
            found.append(moment.status == Status.CANCELLED)
    return found


def _occurrences(wanted: Wanted) -> sa.Select[Occurrence]:
    return (
        sa.select(Occurrence)
        .join(Occurrence.moment)
        .options(contains_eager(Occurrence.moment))
        .where(*_about(wanted), *_dated(wanted, Moment))
    )


_OF_STEP = aliased(Moment)


def _deadlines(wanted: Wanted) -> sa.Select[Step]:
    return (
        sa.select(Step)
        .join(_OF_STEP, Step.moment_id == _OF_STEP.id)
        .join(Step.occurrence)
        .options(
            contains_eager(Step.moment.of_type(_OF_STEP)),
            contains_eager(Step.occurrence),
            joinedload(Step.mode).options(lazyload(ParticipationMode.limits), lazyload(ParticipationMode.space)),
        )
        .where(Step.code.in_(DEADLINES), *_about(wanted), *_dated(wanted, _OF_STEP))
    )


CLOSES = sa.case(
    (_OF_STEP.precision.in_((Precision.MONTH, Precision.WINDOW)), _OF_STEP.starts_at), else_=_OF_STEP.until
)
"""When something closes: of what is known as a span alone, its first day counts, to be on the safe side."""

BEGINS = sa.case((Moment.precision == Precision.YEAR, Moment.until), else_=Moment.starts_at)
"""When a session begins: what is known by its year alone stands behind the others of that year."""


def _is_to_come(now: datetime) -> sa.ColumnElement[bool]:
    """A session that was put off is still to come, also once the day has passed on which it was to be (R-10)."""
    return sa.or_(Moment.until >= now, Moment.status == Status.POSTPONED)


def page_of_deadlines(wanted: Wanted, *, now: datetime, cursor: str = "", size: int = PAGE) -> Page[Step]:
    """Return deadlines by when they close: those that are not over, or all of a year that is asked for."""
    there = _deadlines(wanted)
    if not wanted.year:
        there = there.where(_OF_STEP.until >= now, Step.done_at.is_(None))
    return fetch_page(there, key=CLOSES, row_id=Step.id, cursor=cursor, size=size)


def page_of_sessions(wanted: Wanted, *, now: datetime, cursor: str = "", size: int = PAGE) -> Page[Occurrence]:
    """Return sessions by when they begin: those that are not over, or all of a year that is asked for."""
    there = _occurrences(wanted)
    if not wanted.year:
        there = there.where(_is_to_come(now))
    return fetch_page(there, key=BEGINS, row_id=Occurrence.id, cursor=cursor, size=size)


def page_of_past(wanted: Wanted, *, now: datetime, cursor: str = "", size: int = PAGE) -> Page[Occurrence]:
    """Return sessions that are over, the last one first."""
    there = _occurrences(wanted).where(~_is_to_come(now))
    return fetch_page(there, key=Moment.starts_at, row_id=Occurrence.id, cursor=cursor, newest_first=True, size=size)


def list_next_deadlines(wanted: Wanted, *, now: datetime, size: int, sure: bool = False) -> list[Step]:
    """Return what closes next; what was called off closes never, what was put off on a day nobody knows. The same
    holds for what belongs to such a session, confirmed as it may be: whoever confirmed it had the old date in mind."""
    there = _deadlines(wanted).where(
        _OF_STEP.until >= now,
        Step.done_at.is_(None),
        _OF_STEP.status.not_in(NOT_TAKING_PLACE),
        Occurrence.moment.has(Moment.status.not_in(NOT_TAKING_PLACE)),
    )
    if sure:
        there = there.where(_is_confirmed(_OF_STEP))
    return list(db.session.scalars(there.order_by(CLOSES, Step.id).limit(size)))


def list_deadlines_over(space_id: UUID, *, now: datetime, most: int) -> list[Step]:
    """Return the deadlines that are over, or may be, of sessions that are still to come, in order of time."""
    there = _deadlines(Wanted(space_ids=frozenset({space_id}))).where(
        _OF_STEP.until < now,
        _OF_STEP.status.in_((Status.PLANNED, Status.CONFIRMED)),
        Step.done_at.is_(None),
        Occurrence.moment.has(sa.and_(Moment.until >= now, Moment.status != Status.CANCELLED)),
    )
    return list(db.session.scalars(there.order_by(_OF_STEP.until, Step.id).limit(most)))


def list_moments_of_year(wanted: Wanted, year: int) -> list[tuple[UUID, Moment]]:
    """Return the dates of a year with the id of what they are of: all of them, to be counted."""
    rows = (
        sa.select(Occurrence.id, Moment)
        .join(Moment, Occurrence.moment_id == Moment.id)
        .where(*_about(wanted), *_dated(Wanted(sureness=wanted.sureness, year=year), Moment))
        .order_by(Moment.starts_at, Occurrence.id)
    )
    return [(occurrence_id, moment) for occurrence_id, moment in db.session.execute(rows)]


def list_moved_elsewhere(wanted: Wanted, year: int) -> list[tuple[UUID, Moment]]:
    """Return dates that changed and lie near a year but not in it: some of them may have been planned for it (R-10)."""
    near = datetime(year - AWAY, 1, 1, tzinfo=UTC), datetime(year + AWAY + 1, 1, 1, tzinfo=UTC)
    in_year = _dated(Wanted(year=year), Moment)
    rows = (
        sa.select(Occurrence.id, Moment)
        .join(Moment, Occurrence.moment_id == Moment.id)
        .where(
            *_about(wanted),
            *_dated(Wanted(sureness=wanted.sureness), Moment),
            Moment.sequence > 0,
            Moment.starts_at < near[1],
            Moment.until >= near[0],
            ~sa.and_(*in_year),
        )
        .order_by(Moment.starts_at, Occurrence.id)
    )
    return [(occurrence_id, moment) for occurrence_id, moment in db.session.execute(rows)]


def list_occurrences(ids: list[UUID]) -> dict[UUID, Occurrence]:
    """Return occurrences by their ids."""
    found = db.session.scalars(sa.select(Occurrence).where(Occurrence.id.in_(ids)))
    return {row.id: row for row in found}


def list_all_dates(wanted: Wanted, *, since: datetime | None, most: int) -> tuple[list[Occurrence], list[Step]]:
    """Return sessions and deadlines for a file, cancelled ones too; those over before `since` are left out."""
    sessions, deadlines = _occurrences(wanted), _deadlines(wanted)
    if since is not None:
        sessions, deadlines = sessions.where(Moment.until >= since), deadlines.where(_OF_STEP.until >= since)
    sessions = sessions.order_by(Moment.starts_at, Occurrence.id).limit(most)
    deadlines = deadlines.order_by(_OF_STEP.until, Step.id).limit(most)
    return list(db.session.scalars(sessions)), list(db.session.scalars(deadlines))


def list_spaces_with_dates(wanted: Wanted, *, now: datetime) -> set[UUID]:
    """Return the spaces of which a date to come is known, or one in the year that is asked for."""
    there = sa.select(Occurrence.space_id).join(Occurrence.moment).where(*_dated(Wanted(year=wanted.year), Moment))
    if not wanted.year:
        there = there.where(Moment.until >= now, Moment.status != Status.CANCELLED)
    return set(db.session.scalars(there.distinct()))


def list_reviewed_countries() -> list[str]:
    """Return the countries that were or will be under review somewhere."""
    return list(db.session.scalars(sa.select(ReviewedState.country).distinct().order_by(ReviewedState.country)))


def span_of_years() -> tuple[int, int] | None:
    """Return the first and the last year of all sessions; None without any."""
    moment = (
        sa.select(Moment.wall_start, Moment.wall_end).join(Occurrence, Occurrence.moment_id == Moment.id).subquery()
    )
    first, last = db.session.execute(
        sa.select(
            sa.func.min(sa.func.coalesce(moment.c.wall_start, moment.c.wall_end)),
            sa.func.max(sa.func.coalesce(moment.c.wall_end, moment.c.wall_start)),
        )
    ).one()
    return (first.year, last.year) if first is not None and last is not None else None
