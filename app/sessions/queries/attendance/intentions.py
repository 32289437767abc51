"""Who says that they will come, and who that they cannot: a word counts until the gathering moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.remembering import remembered
from app.extensions import db
from app.people.models import Person
from app.sessions.models import AttendanceIntention, Gathering
from app.sessions.queries.expected import people_of


@dataclass(frozen=True, slots=True)
class Intentions:
    """How many of those who take part say that they come, say that they cannot, have said nothing; and the languages
    preferred by those who come, the most wanted first."""

    come: int
    cannot: int
    silent: int
    languages: dict[str, int]


@remembered
def find_intention(gathering: Gathering, person_id: UUID | None) -> AttendanceIntention | None:
    """Return what a person said last, be it about an earlier hour."""
    return db.session.get(AttendanceIntention, (gathering.id, person_id)) if person_id is not None else None


def _said(gathering: Gathering, *columns: Any) -> sa.Select[Any]:
    """What those who take part now said about the hour that stands."""
    return (
        sa.select(*columns)
        .select_from(AttendanceIntention)
        .where(
            AttendanceIntention.gathering_id == gathering.id,
            AttendanceIntention.for_start == gathering.moment.starts_at,
            AttendanceIntention.person_id.in_(people_of(gathering)),
        )
    )


def who_cannot(gathering: Gathering) -> set[UUID]:
    """Return who said that they cannot come at this hour: nobody need remind them of it."""
    return set(db.session.scalars(_said(gathering, AttendanceIntention.person_id).where(~AttendanceIntention.comes)))


def count_intentions(gathering: Gathering) -> Intentions:
    """Return what was said, in three queries. For those who lead the gathering."""
    grouped = _said(gathering, AttendanceIntention.comes, sa.func.count()).group_by(AttendanceIntention.comes)
    counts: dict[bool, int] = dict(db.session.execute(grouped).all())
    everybody = db.session.scalar(sa.select(sa.func.count()).select_from(people_of(gathering).distinct().subquery()))
    wanted = (
        _said(gathering, Person.preferred_language, sa.func.count())
        .join(Person, Person.id == AttendanceIntention.person_id)
        .where(AttendanceIntention.comes, Person.preferred_language != "")
        .group_by(Person.preferred_language)
    )
    languages: dict[str, int] = dict(db.session.execute(wanted).all())
    return Intentions(
        come=counts.get(True, 0),
        cannot=counts.get(False, 0),
        silent=(everybody or 0) - sum(counts.values()),
        languages=dict(sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))),
    )
