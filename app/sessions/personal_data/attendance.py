"""Attendance as data about a person: what they said of themselves, what they counted; for export, merging, erasure.

Marks are spoken for in the package itself.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.extensions import db
from app.sessions.models import AttendanceClaim, AttendanceIntention, HeadCount, MeetingList


def export_claims(person_id: UUID) -> list[dict[str, Any]]:
    """Return of which sessions the person says, or said, that they were there."""
    rows = db.session.scalars(
        sa.select(AttendanceClaim)
        .where(AttendanceClaim.person_id == person_id)
        .order_by(AttendanceClaim.claimed_on, AttendanceClaim.claimed_at)
    )
    return [
        {
            "session": str(row.gathering_id),
            "claimed_on": str(row.claimed_on),
            "claimed_at": str(row.claimed_at),
            "for": _text(row.for_organisation_id),
            "taken_back_at": _text(row.withdrawn_at),
        }
        for row in rows
    ]


def export_intentions(person_id: UUID) -> list[dict[str, Any]]:
    """Return of which sessions the person said that they come, or cannot."""
    rows = db.session.scalars(
        sa.select(AttendanceIntention)
        .where(AttendanceIntention.person_id == person_id)
        .order_by(AttendanceIntention.for_start, AttendanceIntention.gathering_id)
    )
    return [
        {
            "session": str(row.gathering_id),
            "comes": row.comes,
            "for_start": str(row.for_start),
            "said_at": str(row.said_at),
        }
        for row in rows
    ]


def export_head_counts(person_id: UUID) -> list[dict[str, Any]]:
    """Return the counts of people behind screens that the person made."""
    rows = db.session.scalars(
        sa.select(HeadCount).where(HeadCount.counted_by == person_id).order_by(HeadCount.counted_at, HeadCount.id)
    )
    return [
        {
            "session": str(row.gathering_id),
            "people": row.people,
            "place": row.place,
            "organisation": _text(row.organisation_id),
            "counted_at": str(row.counted_at),
            "removed_at": _text(row.removed_at),
        }
        for row in rows
    ]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def merge_attendance(kept_id: UUID, gone_id: UUID) -> None:
    """Move what one row of a person said and counted to the other. Of two claims about one session, one that stands
    outlives one that was taken back; of two that stand, the kept person's stays."""
    _merge_intentions(kept_id, gone_id)
    of = AttendanceClaim.person_id
    stands = sa.select(AttendanceClaim.gathering_id).where(of == gone_id, AttendanceClaim.withdrawn_at.is_(None))
    taken_back = sa.and_(of == kept_id, AttendanceClaim.withdrawn_at.is_not(None))
    _run(sa.delete(AttendanceClaim).where(taken_back, AttendanceClaim.gathering_id.in_(stands)))
    known = sa.select(AttendanceClaim.gathering_id).where(of == kept_id)
    _run(sa.delete(AttendanceClaim).where(of == gone_id, AttendanceClaim.gathering_id.in_(known)))
    _run(sa.update(AttendanceClaim).where(of == gone_id).values(person_id=kept_id))
    _run(sa.update(HeadCount).where(HeadCount.counted_by == gone_id).values(counted_by=kept_id))
    _run(sa.update(MeetingList).where(MeetingList.brought_by == gone_id).values(brought_by=kept_id))


def _merge_intentions(kept_id: UUID, gone_id: UUID) -> None:
    """Of two words about one session the kept person's stays."""
    of = AttendanceIntention.person_id
    known = sa.select(AttendanceIntention.gathering_id).where(of == kept_id)
    _run(sa.delete(AttendanceIntention).where(of == gone_id, AttendanceIntention.gathering_id.in_(known)))
    _run(sa.update(AttendanceIntention).where(of == gone_id).values(person_id=kept_id))


def erase_attendance(person_id: UUID) -> None:
    """What somebody meant to do goes. Claims and counts stay, tied to a person who has no name any more: figures stay.
    Lists the person brought and did not use hold names of others and go."""
    _run(sa.delete(AttendanceIntention).where(AttendanceIntention.person_id == person_id))
    _run(sa.delete(MeetingList).where(MeetingList.brought_by == person_id))


def _run(statement: sa.Update | sa.Delete) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
