"""What one person said of themselves about a gathering, and for whom they may say it."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.extensions import db
from app.moments.local import local_day
from app.people import queries as people
from app.sessions.models import Attendance, AttendanceClaim, Gathering
from app.sessions.queries.expected import joined_for


def find_claim(gathering: Gathering, person_id: UUID | None) -> AttendanceClaim | None:
    """Return what a person says of themselves; None once it is taken back."""
    if person_id is None:
        return None
    claim = db.session.get(AttendanceClaim, (gathering.id, person_id))
    return claim if claim is not None and claim.withdrawn_at is None else None


def is_marked(gathering: Gathering, person_id: UUID | None) -> bool:
    """Whether who leads marked this person."""
    found = sa.select(Attendance.id).where(
        Attendance.gathering_id == gathering.id, Attendance.person_id == person_id, Attendance.unmarked_at.is_(None)
    )
    return person_id is not None and db.session.scalar(found) is not None


def list_claim_organisations(actor: Actor, gathering: Gathering) -> list[UUID]:
    """Return for which organisations the actor may have come, the likeliest first: the one they act for, the one they
    joined for, those they belonged to on that day."""
    if actor.person_id is None:
        return []
    joined = list(joined_for(gathering, [actor.person_id], only_now=True).values())
    affiliations = people.affiliations_on([actor.person_id], local_day(gathering.moment)).get(actor.person_id, [])
    likely = [
        actor.acting_for,
        *joined,
        *(row.organisation_id for row in affiliations),
    ]
    return list(dict.fromkeys(organisation_id for organisation_id in likely if organisation_id is not None))
