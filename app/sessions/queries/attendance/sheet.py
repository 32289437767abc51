"""The attendance sheet: who may be marked in a session, and who was."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from app.extensions import db
from app.people.models import Organisation, Person
from app.sessions.models import Attendance, AttendanceClaim, LearningSession, TrackMembership


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the sheet. Name as written by the person ("" once erased), its Latin spelling and place below;
    `says_so`: the person says that they were there."""

    person_id: UUID
    name: str
    name_latin: str
    place: str
    language: str
    region_id: UUID | None
    is_here: bool
    says_so: bool = False


def _on_the_sheet(session: LearningSession) -> sa.ColumnElement[bool]:
    return sa.and_(
        TrackMembership.track_id == session.track_id,
        sa.or_(TrackMembership.left_at.is_(None), TrackMembership.left_at > session.moment.starts_at),
    )


def may_be_marked(session: LearningSession) -> sa.ColumnElement[bool]:
    """The filter for persons on the sheet: participants of the track, those who left only after the session began,
    whoever says that they were there, and whoever was ever marked, also when the mark was taken back. Erased people
    stay while they are marked."""
    members = sa.select(TrackMembership.person_id).where(_on_the_sheet(session))
    ever = sa.select(Attendance.person_id).where(Attendance.session_id == session.id)
    return sa.or_(
        sa.and_(
            Person.erased_at.is_(None),
            sa.or_(Person.id.in_(members), Person.id.in_(ever), Person.id.in_(claimants(session))),
        ),
        Person.id.in_(ever.where(Attendance.unmarked_at.is_(None))),
    )


def claimants(session: LearningSession) -> sa.Select[UUID]:
    """Who says that they were there, as a subquery of persons."""
    return sa.select(AttendanceClaim.person_id).where(
        AttendanceClaim.session_id == session.id, AttendanceClaim.withdrawn_at.is_(None)
    )


def list_sheet(session: LearningSession) -> list[SheetRow]:
    """Return everybody who may be marked, by name. Five queries, however many people."""
    joined_for = _pairs(
        sa.select(TrackMembership.person_id, TrackMembership.organisation_id)
        .where(_on_the_sheet(session))
        .order_by(TrackMembership.joined_at)
    )
    marks = db.session.execute(
        sa.select(Attendance.person_id, Attendance.attended_for_organisation_id, Attendance.unmarked_at).where(
            Attendance.session_id == session.id
        )
    ).all()
    here = {person_id for person_id, _organisation_id, unmarked_at in marks if unmarked_at is None}
    came_for = {person_id: organisation_id for person_id, organisation_id, _at in marks if organisation_id is not None}
    saying = set(db.session.scalars(claimants(session)))
    organisation_of = joined_for | came_for
    region_of = _regions(set(organisation_of.values()) - {None})
    persons = db.session.execute(
        sa.select(Person.id, Person.name, Person.name_latin, Person.place, Person.preferred_language, Person.region_id)
        .where(may_be_marked(session))
        .order_by(Person.name_fold, Person.id)
    )
    return [
        SheetRow(
            person_id=row.id,
            name=row.name,
            name_latin=row.name_latin,
            place=row.place,
            language=row.preferred_language,
            region_id=region_of.get(organisation_of.get(row.id)) or row.region_id,
            is_here=row.id in here,
            says_so=row.id in saying,
        )
        for row in persons
    ]


def _pairs(statement: sa.Select[UUID, UUID | None]) -> dict[UUID, UUID | None]:
    return dict(db.session.execute(statement).all())


def _regions(organisation_ids: set[UUID | None]) -> dict[UUID | None, UUID | None]:
    rows = db.session.execute(
        sa.select(Organisation.id, Organisation.region_id).where(Organisation.id.in_(organisation_ids))
    )
    return dict(rows.all())
