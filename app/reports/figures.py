"""The two figures that stand beside the marked persons: who says so themselves, and who was counted behind screens.

Like `queries.marks`, these statistics count what their reader may not see by name (the reviewed second door): no
filter by audience, on purpose; numbers leave this module, and `reports.participation` was required before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.extensions import db
from app.moments.models import Moment
from app.reports.scope import Scope
from app.sessions.models import Attendance, AttendanceClaim, HeadCount, LearningSession, Track


@dataclass(frozen=True, slots=True)
class Beside:
    """Persons who say so, those of them not marked, and people behind screens. Never one sum."""

    self_declared: int = 0
    not_marked: int = 0
    behind_screens: int = 0

    def __bool__(self) -> bool:
        return bool(self.self_declared or self.behind_screens)


@dataclass(frozen=True, slots=True)
class SessionFigures:
    """The three figures of one session: marked persons and organisations, and those beside."""

    session_id: UUID
    number: int
    track_slug: str
    day: date
    persons: int
    organisations: int
    beside: Beside


def _within(scope: Scope) -> list[sa.ColumnElement[bool]]:
    """The sessions of a scope, by the day at their own place: also where nobody was marked."""
    day = sa.func.coalesce(Moment.wall_start, Moment.wall_end)
    conditions: list[sa.ColumnElement[bool]] = []
    if scope.phase is not None:
        conditions.append(Track.phase_id == scope.phase.id)
    if scope.track is not None:
        conditions.append(LearningSession.track_id == scope.track.id)
    if scope.session is not None:
        conditions.append(LearningSession.id == scope.session.id)
    if scope.from_on is not None:
        conditions.append(day >= _midnight(scope.from_on))
    if scope.to_on is not None and scope.to_on < date.max:
        conditions.append(day < _midnight(scope.to_on + timedelta(days=1)))
    return conditions


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _sessions(scope: Scope) -> sa.Select[Any]:
    return (
        sa.select(LearningSession.id)
        .join(Moment, Moment.id == LearningSession.moment_id)
        .join(Track, Track.id == LearningSession.track_id)
        .where(*_within(scope))
    )


def _claims(scope: Scope) -> list[sa.ColumnElement[bool]]:
    return [AttendanceClaim.withdrawn_at.is_(None), AttendanceClaim.gathering_id.in_(_sessions(scope))]


def _counts(scope: Scope) -> list[sa.ColumnElement[bool]]:
    return [HeadCount.removed_at.is_(None), HeadCount.gathering_id.in_(_sessions(scope))]


def count_beside(scope: Scope) -> Beside:
    """Return the figures of the whole scope: each person who says so once; people behind screens added up."""
    person = AttendanceClaim.person_id
    marked = sa.select(Attendance.person_id).where(
        Attendance.unmarked_at.is_(None), Attendance.gathering_id.in_(_sessions(scope))
    )
    saying = sa.select(
        sa.func.count(person.distinct()),
        sa.func.count(sa.case((person.not_in(marked), person)).distinct()),
    ).where(*_claims(scope))
    declared, not_marked = db.session.execute(saying).one()
    behind = db.session.scalar(sa.select(sa.func.sum(HeadCount.people)).where(*_counts(scope)))
    return Beside(int(declared), int(not_marked), int(behind or 0))


def count_by_session(scope: Scope) -> list[SessionFigures]:
    """Return every session that has one of the three figures, in the order of time. Four queries, however many."""
    marked = _marked_by_session(scope)
    declared = _declared_by_session(scope)
    behind = _behind_by_session(scope)
    wanted = set(marked) | set(declared) | set(behind)
    return [
        SessionFigures(
            session_id=row.id,
            number=row.number,
            track_slug=row.slug,
            day=(row.wall_start or row.wall_end).date(),
            persons=marked.get(row.id, (0, 0))[0],
            organisations=marked.get(row.id, (0, 0))[1],
            beside=Beside(*declared.get(row.id, (0, 0)), behind.get(row.id, 0)),
        )
        for row in _rows_of(scope)
        if row.id in wanted
    ]


def _rows_of(scope: Scope) -> Sequence[Any]:
    statement = _sessions(scope).add_columns(LearningSession.number, Track.slug, Moment.wall_start, Moment.wall_end)
    return db.session.execute(statement.order_by(Moment.starts_at, Track.slug, LearningSession.number)).all()


def _marked_by_session(scope: Scope) -> dict[UUID, tuple[int, int]]:
    rows = db.session.execute(
        sa.select(
            Attendance.gathering_id,
            sa.func.count(Attendance.person_id),
            sa.func.count(Attendance.attended_for_organisation_id.distinct()),
        )
        .where(Attendance.unmarked_at.is_(None), Attendance.gathering_id.in_(_sessions(scope)))
        .group_by(Attendance.gathering_id)
    )
    return {session_id: (persons, organisations) for session_id, persons, organisations in rows}


def _declared_by_session(scope: Scope) -> dict[UUID, tuple[int, int]]:
    is_marked = (
        sa.exists()
        .where(
            Attendance.gathering_id == AttendanceClaim.gathering_id,
            Attendance.person_id == AttendanceClaim.person_id,
            Attendance.unmarked_at.is_(None),
        )
        .correlate(AttendanceClaim)
    )
    rows = db.session.execute(
        sa.select(AttendanceClaim.gathering_id, sa.func.count(), sa.func.sum(sa.case((is_marked, 0), else_=1)))
        .where(*_claims(scope))
        .group_by(AttendanceClaim.gathering_id)
    )
    return {session_id: (int(declared), int(not_marked)) for session_id, declared, not_marked in rows}


def _behind_by_session(scope: Scope) -> dict[UUID, int]:
    rows = db.session.execute(
        sa.select(HeadCount.gathering_id, sa.func.sum(HeadCount.people))
        .where(*_counts(scope))
        .group_by(HeadCount.gathering_id)
    )
    return {session_id: int(people) for session_id, people in rows}
