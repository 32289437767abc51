"""Who might be known already, when somebody comes who is not on the sheet: by folded name, as far as consent goes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.languages import fold
from app.extensions import db
from app.people.keys import is_current
from app.people.models import Affiliation, Person
from app.people.policy import appears_to
from app.sessions.models import Gathering
from app.sessions.queries.attendance import may_be_marked

MOST = 12
"""So many are shown to choose from; a longer name narrows them."""

LONGEST = 160
"""Characters of a name."""


def _affiliated(organisation_id: UUID | None) -> sa.ColumnElement[bool]:
    persons = sa.select(Affiliation.person_id).where(Affiliation.organisation_id == organisation_id)
    return Person.id.in_(persons)


def find_known(actor: Actor, gathering: Gathering, name: str, organisation_id: UUID | None = None) -> list[Person]:
    """Return the people on the sheet, and those of the organisation, whose name contains the one written. Who is not
    on the sheet and does not appear to the actor is left out."""
    folded = fold(name[:LONGEST])
    if not folded or len(name) > LONGEST:  # nobody is called so, and a database takes no pattern of any length
        return []
    on_sheet = set(db.session.scalars(_named(folded).where(may_be_marked(gathering)).with_only_columns(Person.id)))
    around = sa.or_(may_be_marked(gathering), _affiliated(organisation_id))
    persons = db.session.scalars(_named(folded).where(around).order_by(Person.name_fold, Person.id))
    seen = [person for person in persons if appears_to(actor, person, is_mate=person.id in on_sheet)]
    return seen[:MOST]


def _named(folded: str) -> sa.Select[Person]:
    return sa.select(Person).where(Person.erased_at.is_(None), Person.name_fold.contains(folded, autoescape=True))


def find_same(name: str, organisation_id: UUID | None, day: date) -> Person | None:
    """Return the one person of exactly this name who belongs to the organisation on that day, appearing or not:
    what the actor wrote is all that is told. None when there are several, or no organisation was named."""
    if organisation_id is None:
        return None
    belonging = sa.select(Affiliation.person_id).where(Affiliation.organisation_id == organisation_id, is_current(day))
    folded = fold(name)
    persons = list(
        db.session.scalars(
            sa.select(Person)
            .where(
                Person.erased_at.is_(None),
                Person.id.in_(belonging),
                sa.or_(Person.name_fold == folded, Person.name_fold.startswith(f"{folded} ", autoescape=True)),
            )
            .limit(20)
        )
    )
    exact = [person for person in persons if folded in (fold(person.name), fold(person.name_latin))]
    return exact[0] if len(exact) == 1 else None
