"""The three figures of attendance, each counted from its own table and never added up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from app.extensions import db
from app.sessions.models import Attendance, AttendanceClaim, HeadCount


@dataclass(frozen=True, slots=True)
class ThreeFigures:
    """Of one session: persons marked by facilitators, persons who say so themselves, people behind screens."""

    marked: int = 0
    say_so: int = 0
    behind_screens: int = 0


def count_attendance(session_ids: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """Return, per session, how many persons attended and for how many organisations."""
    wanted = list(session_ids)
    rows = db.session.execute(
        sa.select(
            Attendance.gathering_id,
            sa.func.count(),
            sa.func.count(Attendance.attended_for_organisation_id.distinct()),
        )
        .where(Attendance.gathering_id.in_(wanted), Attendance.unmarked_at.is_(None))
        .group_by(Attendance.gathering_id)
    )
    return {session_id: (int(persons), int(organisations)) for session_id, persons, organisations in rows}


def figures_of(session_ids: Iterable[UUID]) -> dict[UUID, ThreeFigures]:
    """Return the three figures of many sessions, in three queries."""
    wanted = list(session_ids)
    marked = {session_id: persons for session_id, (persons, _organisations) in count_attendance(wanted).items()}
    saying = _counted(
        sa.select(AttendanceClaim.gathering_id, sa.func.count())
        .where(AttendanceClaim.gathering_id.in_(wanted), AttendanceClaim.withdrawn_at.is_(None))
        .group_by(AttendanceClaim.gathering_id)
    )
    behind = _counted(
        sa.select(HeadCount.gathering_id, sa.func.sum(HeadCount.people))
        .where(HeadCount.gathering_id.in_(wanted), HeadCount.removed_at.is_(None))
        .group_by(HeadCount.gathering_id)
    )
    return {of: ThreeFigures(marked.get(of, 0), saying.get(of, 0), behind.get(of, 0)) for of in wanted}


def _counted(statement: sa.Select[UUID, int]) -> dict[UUID, int]:
    return {session_id: int(count) for session_id, count in db.session.execute(statement)}
