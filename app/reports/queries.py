"""What reports read: the thing a report is about, and its figures, counted by the database in few queries.

`marks` is the one statement all figures stand on: an attendance with the region, country, language and gender it
counts for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.errors import NotFound
from app.extensions import db
from app.moments.models import Moment
from app.people.models import Organisation, Person, Region
from app.reports.policy import can_read_participation
from app.reports.scope import Scope
from app.sessions.models import Attendance, LearningSession, Phase, Track


@dataclass(frozen=True, slots=True)
class Figures:
    persons: int
    organisations: int
    attendances: int


@dataclass(frozen=True, slots=True)
class Totals:
    """All of the scope; `first_on` and `last_on` are the first and last day with somebody present."""

    figures: Figures
    sessions: int
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a breakdown: the values it is grouped by, and its figures."""

    by: tuple[Any, ...]
    figures: Figures


def find_scope(actor: Actor, *, phase: str = "", track: str = "", session: str = "") -> Scope:
    """Return what slugs and identifier name, as far as the actor sees it; raises `NotFound` for anything else."""
    return Scope(
        phase=_get(sa.select(Phase).where(Phase.slug == phase)) if phase else None,
        track=_get(sa.select(Track).where(Track.slug == track, visible_to(actor, Track.audience))) if track else None,
        session=_get_session(actor, session) if session else None,
    )


def _get(statement: sa.Select[Any]) -> Any:
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def _get_session(actor: Actor, written: str) -> LearningSession:
    try:
        session_id = UUID(written)
    except ValueError:
        raise NotFound from None
    found: LearningSession = _get(
        sa.select(LearningSession)
        .join(Moment, Moment.id == LearningSession.moment_id)
        .where(LearningSession.id == session_id, visible_to(actor, Moment.audience))
    )
    return found


def list_phases() -> Sequence[Phase]:
    return db.session.scalars(sa.select(Phase).order_by(Phase.year_from.desc(), Phase.slug)).all()


def list_tracks(actor: Actor) -> Sequence[Track]:
    """Tracks whose figures the actor may read, in the order of the programme, newest phase first."""
    statement = sa.select(Track).join(Phase, Phase.id == Track.phase_id).where(visible_to(actor, Track.audience))
    ordered = statement.order_by(Phase.year_from.desc(), Phase.slug, Track.position, Track.slug)
    tracks = db.session.scalars(ordered).all()
    return [track for track in tracks if can_read_participation(actor, Scope(track=track))]


def marks(scope: Scope) -> sa.CTE:
    """One row per attendance in the scope: reviewed second door of DESIGN's second idea.

    Statistics count what their reader may not see by name. No filter by audience stands here, on purpose; what
    leaves this module is counted, and `reports.participation` was required before it is called.
    """
    statement = (
        sa.select(
            Attendance.gathering_id.label("session_id"),
            Attendance.person_id,
            Attendance.attended_for_organisation_id.label("organisation_id"),
            Attendance.attended_on,
            LearningSession.number,
            Track.id.label("track_id"),
            Track.slug.label("track_slug"),
            Phase.id.label("phase_id"),
            Phase.slug.label("phase_slug"),
            sa.func.coalesce(Organisation.region_id, Person.region_id).label("region_id"),
            sa.func.coalesce(Organisation.country, Person.country).label("country"),
            sa.func.nullif(Person.preferred_language, "").label("language"),
            Person.gender,
        )
        .join(LearningSession, LearningSession.id == Attendance.gathering_id)
        .join(Track, Track.id == LearningSession.track_id)
        .join(Phase, Phase.id == Track.phase_id)
        .join(Person, Person.id == Attendance.person_id)
        .outerjoin(Organisation, Organisation.id == Attendance.attended_for_organisation_id)
    )
    return statement.where(*_conditions(scope)).cte("marks")


def _conditions(scope: Scope) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = [Attendance.unmarked_at.is_(None)]
    if scope.phase is not None:
        conditions.append(Track.phase_id == scope.phase.id)
    if scope.track is not None:
        conditions.append(LearningSession.track_id == scope.track.id)
    if scope.session is not None:
        conditions.append(Attendance.gathering_id == scope.session.id)
    if scope.from_on is not None:
        conditions.append(Attendance.attended_on >= scope.from_on)
    if scope.to_on is not None:
        conditions.append(Attendance.attended_on <= scope.to_on)
    return conditions


def _figures(rows: sa.CTE) -> tuple[sa.ColumnElement[int], ...]:
    return (
        sa.func.count(rows.c.person_id.distinct()),
        sa.func.count(rows.c.organisation_id.distinct()),
        sa.func.count(rows.c.person_id),
    )


def count_all(scope: Scope) -> Totals:
    rows = marks(scope)
    statement = sa.select(
        *_figures(rows),
        sa.func.count(rows.c.session_id.distinct()),
        sa.func.min(rows.c.attended_on),
        sa.func.max(rows.c.attended_on),
    )
    row: Any = db.session.execute(statement).one()
    return Totals(Figures(row[0], row[1], row[2]), sessions=row[3], first_on=row[4], last_on=row[5])


def _count_by(rows: sa.CTE, *columns: sa.ColumnElement[Any], order: Sequence[Any] = ()) -> list[Group]:
    """Groups of the marks, largest first unless an order is given; equal ones in the order of their columns."""
    persons = _figures(rows)[0]
    statement = sa.select(*columns, *_figures(rows)).group_by(*columns)
    statement = statement.order_by(*(order or (persons.desc(), *(column.nulls_last() for column in columns))))
    return [Group(tuple(row[:-3]), Figures(*row[-3:])) for row in db.session.execute(statement)]


def count_by_session(scope: Scope) -> list[Group]:
    """By (session, its number, slug of its track, day), in the order of time."""
    rows = marks(scope)
    day = sa.func.min(rows.c.attended_on)
    statement = (
        sa.select(rows.c.session_id, rows.c.number, rows.c.track_slug, day, *_figures(rows))
        .group_by(rows.c.session_id, rows.c.number, rows.c.track_slug)
        .order_by(day, rows.c.track_slug, rows.c.number)
    )
    return [Group(tuple(row[:4]), Figures(*row[4:])) for row in db.session.execute(statement)]


def count_by_track(scope: Scope) -> list[Group]:
    rows = marks(scope)
    return _count_by(rows, rows.c.track_id, rows.c.track_slug)


def count_by_phase(scope: Scope) -> list[Group]:
    rows = marks(scope)
    return _count_by(rows, rows.c.phase_id, rows.c.phase_slug)


def count_by_region(scope: Scope) -> list[Group]:
    """By (identifier, code) of the region; both None where it is not known, which comes last."""
    rows = marks(scope)
    persons = _figures(rows)[0]
    statement = (
        sa.select(rows.c.region_id, Region.code, *_figures(rows))
        .join_from(rows, Region, Region.id == rows.c.region_id, isouter=True)
        .group_by(rows.c.region_id, Region.code, Region.position)
        .order_by(rows.c.region_id.is_(None), persons.desc(), Region.position)
    )
    return [Group(tuple(row[:2]), Figures(*row[2:])) for row in db.session.execute(statement)]


def count_by_country(scope: Scope) -> list[Group]:
    rows = marks(scope)
    return _count_by(rows, rows.c.country)


def count_by_organisation(scope: Scope) -> list[Group]:
    """By the organisation attended for; None is for nobody."""
    rows = marks(scope)
    return _count_by(rows, rows.c.organisation_id)


def count_by_language(scope: Scope) -> list[Group]:
    rows = marks(scope)
    return _count_by(rows, rows.c.language)


def count_by_gender(scope: Scope) -> list[Group]:
    rows = marks(scope)
    return _count_by(rows, rows.c.gender)


def count_sessions_attended(scope: Scope) -> dict[int, int]:
    """Return how many persons came to exactly so many sessions."""
    rows = marks(scope)
    per_person = (
        sa.select(sa.func.count(rows.c.session_id.distinct()).label("sessions")).group_by(rows.c.person_id).subquery()
    )
    statement = sa.select(per_person.c.sessions, sa.func.count()).group_by(per_person.c.sessions)
    counted = db.session.execute(statement).all()
    return {row[0]: row[1] for row in counted}
