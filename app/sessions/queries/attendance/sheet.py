"""The attendance sheet: who may be marked, and who was."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from app.extensions import db
from app.people.models import Organisation, Person
from app.sessions.models import Attendance, AttendanceClaim, Gathering
from app.sessions.queries.expected import expected


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


def may_be_marked(gathering: Gathering) -> sa.ColumnElement[bool]:
    """The filter for persons on the sheet: those who take part, those who left only after it began,
    whoever says that they were there, and whoever was ever marked, also when the mark was taken back. Erased people
    stay while they are marked."""
    members = sa.select(expected(gathering).c.person_id)
    ever = sa.select(Attendance.person_id).where(Attendance.gathering_id == gathering.id)
    return sa.or_(
        sa.and_(
            Person.erased_at.is_(None),
            sa.or_(Person.id.in_(members), Person.id.in_(ever), Person.id.in_(claimants(gathering))),
        ),
        Person.id.in_(ever.where(Attendance.unmarked_at.is_(None))),
    )


def claimants(gathering: Gathering) -> sa.Select[UUID]:
    """Who says that they were there, as a subquery of persons."""
    return sa.select(AttendanceClaim.person_id).where(
        AttendanceClaim.gathering_id == gathering.id, AttendanceClaim.withdrawn_at.is_(None)
    )


def list_sheet(gathering: Gathering) -> list[SheetRow]:
    """Return everybody who may be marked, by name. Five queries, however many people."""
    rows = expected(gathering)
    joined_for = _pairs(sa.select(rows.c.person_id, rows.c.organisation_id).order_by(rows.c.joined_at))
    marks = db.session.execute(
        sa.select(Attendance.person_id, Attendance.attended_for_organisation_id, Attendance.unmarked_at).where(
            Attendance.gathering_id == gathering.id
        )
    ).all()
    here = {person_id for person_id, _organisation_id, unmarked_at in marks if unmarked_at is None}
    came_for = {person_id: organisation_id for person_id, organisation_id, _at in marks if organisation_id is not None}
    saying = set(db.session.scalars(claimants(gathering)))
    organisation_of = joined_for | came_for
    region_of = _regions(set(organisation_of.values()) - {None})
    persons = db.session.execute(
        sa.select(Person.id, Person.name, Person.name_latin, Person.place, Person.preferred_language, Person.region_id)
        .where(may_be_marked(gathering))
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
