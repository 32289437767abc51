"""What one person said of themselves about a session, and for whom they may say it."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.extensions import db
from app.moments.local import local_day
from app.people import queries as people
from app.sessions.models import Attendance, AttendanceClaim, LearningSession
from app.sessions.queries.members import find_membership


def find_claim(session: LearningSession, person_id: UUID | None) -> AttendanceClaim | None:
    """Return what a person says of themselves; None once it is taken back."""
    if person_id is None:
        return None
    claim = db.session.get(AttendanceClaim, (session.id, person_id))
    return claim if claim is not None and claim.withdrawn_at is None else None


def is_marked(session: LearningSession, person_id: UUID | None) -> bool:
    """Whether a facilitator marked this person."""
    found = sa.select(Attendance.id).where(
        Attendance.session_id == session.id, Attendance.person_id == person_id, Attendance.unmarked_at.is_(None)
    )
    return person_id is not None and db.session.scalar(found) is not None


def list_claim_organisations(actor: Actor, session: LearningSession) -> list[UUID]:
    """Return for which organisations the actor may have come, the likeliest first: the one they act for, the one they
    joined the track for, those they belonged to on that day."""
    if actor.person_id is None:
        return []
    joined = find_membership(session.track, actor.person_id)
    affiliations = people.affiliations_on([actor.person_id], local_day(session.moment)).get(actor.person_id, [])
    likely = [
        actor.acting_for,
        joined.organisation_id if joined else None,
        *(row.organisation_id for row in affiliations),
    ]
    return list(dict.fromkeys(organisation_id for organisation_id in likely if organisation_id is not None))
