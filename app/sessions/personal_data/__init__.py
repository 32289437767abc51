"""What the programme holds about a person: for export, for merging two rows of one person, for erasure."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.extensions import db
from app.sessions.models import Attendance, LearningSession, Track, TrackFacilitator, TrackMembership
from app.sessions.personal_data import attendance, places

HOLDINGS = {
    "memberships": Holding(_l("Tracks joined or left"), stays=True),
    "applications": Holding(_l("Applications to tracks, with the answers")),
    "facilitation": Holding(_l("Tracks led, now or before"), stays=True),
    "attendance": Holding(_l("Sessions attended"), stays=True),
    "attendance_claims": Holding(_l("Sessions of which the person said “I was there”"), stays=True),
    "attendance_intentions": Holding(_l("Sessions of which the person said “I come” or “I cannot come”")),
    "head_counts": Holding(_l("Counts of people behind one screen"), stays=True),
}
"""What stays is counted, and tells of nobody any more."""


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return where the person takes part, leads, and attended; a gathering of another kind has no track."""
    memberships = db.session.execute(
        sa.select(Track.slug, TrackMembership.organisation_id, TrackMembership.joined_at, TrackMembership.left_at)
        .join(Track, Track.id == TrackMembership.track_id)
        .where(TrackMembership.person_id == person_id)
        .order_by(TrackMembership.joined_at)
    )
    appointments = db.session.execute(
        sa.select(Track.slug, TrackFacilitator.region_id, TrackFacilitator.appointed_at, TrackFacilitator.ended_at)
        .join(Track, Track.id == TrackFacilitator.track_id)
        .where(TrackFacilitator.person_id == person_id)
        .order_by(TrackFacilitator.appointed_at)
    )
    attended = db.session.execute(
        sa.select(Attendance.gathering_id, Track.slug, Attendance.attended_on, Attendance.attended_for_organisation_id)
        .outerjoin(LearningSession, LearningSession.id == Attendance.gathering_id)
        .outerjoin(Track, Track.id == LearningSession.track_id)
        .where(Attendance.person_id == person_id, Attendance.unmarked_at.is_(None))
        .order_by(Attendance.attended_on)
    )
    return {
        "memberships": _plain(memberships, "track", "organisation", "joined_at", "left_at"),
        "applications": places.export_applications(person_id),
        "facilitation": _plain(appointments, "track", "region", "appointed_at", "ended_at"),
        "attendance": _plain(attended, "session", "track", "attended_on", "attended_for"),
        "attendance_claims": attendance.export_claims(person_id),
        "attendance_intentions": attendance.export_intentions(person_id),
        "head_counts": attendance.export_head_counts(person_id),
    }


def _plain(rows: Any, *names: str) -> list[dict[str, str | None]]:
    return [
        {name: None if value is None else str(value) for name, value in zip(names, row, strict=True)} for row in rows
    ]


def merge_person(kept_id: UUID, gone_id: UUID, now: datetime) -> None:
    """Move everything to the person who is kept; where both hold the same place, the kept one's stays."""
    places.merge_places(kept_id, gone_id, now)
    _drop_doubled_service(kept_id, gone_id)
    _hand_over(TrackFacilitator, kept_id, gone_id)
    _drop_doubled_marks(kept_id, gone_id)
    _hand_over(Attendance, kept_id, gone_id)
    _run(sa.update(Attendance).where(Attendance.marked_by == gone_id).values(marked_by=kept_id))
    attendance.merge_attendance(kept_id, gone_id)


def _drop_doubled_service(kept_id: UUID, gone_id: UUID) -> None:
    of, is_open = TrackFacilitator.person_id, TrackFacilitator.ended_at.is_(None)
    led = sa.select(TrackFacilitator.track_id).where(of == kept_id, is_open)
    _run(sa.delete(TrackFacilitator).where(of == gone_id, is_open, TrackFacilitator.track_id.in_(led)))


def _drop_doubled_marks(kept_id: UUID, gone_id: UUID) -> None:
    """A mark that stands outlives one that was taken back; of two that stand, the kept person's stays."""
    of = Attendance.person_id
    stands = sa.select(Attendance.gathering_id).where(of == gone_id, Attendance.unmarked_at.is_(None))
    taken_back = sa.and_(of == kept_id, Attendance.unmarked_at.is_not(None))
    _run(sa.delete(Attendance).where(taken_back, Attendance.gathering_id.in_(stands)))
    known = sa.select(Attendance.gathering_id).where(of == kept_id)
    _run(sa.delete(Attendance).where(of == gone_id, Attendance.gathering_id.in_(known)))


def _hand_over(table: type[TrackFacilitator | Attendance], kept_id: UUID, gone_id: UUID) -> None:
    _run(sa.update(table).where(table.person_id == gone_id).values(person_id=kept_id))


def _run(statement: sa.Update | sa.Delete) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})


def erase_person(person_id: UUID, now: datetime) -> None:
    """End what is open. Past places and attendance stay, tied to a person who has no name any more: counts stay."""
    places.erase_places(person_id, now)
    attendance.erase_attendance(person_id)
    _run(
        sa.update(TrackFacilitator)
        .where(TrackFacilitator.person_id == person_id, TrackFacilitator.ended_at.is_(None))
        .values(ended_at=now)
    )
