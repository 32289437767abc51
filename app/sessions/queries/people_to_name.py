"""Whom somebody who speaks for an organisation may name for a track."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.languages import fold
from app.extensions import db
from app.people.keys import is_current
from app.people.models import Affiliation, Organisation, Person
from app.sessions.models import Track

MOST_LISTED = 200
"""More on one page nobody reads: from there on people are found by their name."""


def _people(track: Track, organisation: Organisation, day: date) -> sa.Select[Any]:
    """R-03: who has a current, confirmed affiliation to the organisation of a kind the track is open to, by name."""
    belongs = sa.select(Affiliation.person_id).where(
        Affiliation.organisation_id == organisation.id, Affiliation.kind.in_(track.eligible), is_current(day)
    )
    wanted = sa.select(Person).where(Person.id.in_(belongs), Person.erased_at.is_(None))
    return wanted.order_by(Person.name_fold, Person.id)


def list_people_to_name(
    track: Track, organisation: Organisation, day: date, *, name: str = ""
) -> tuple[dict[UUID, Person], bool]:
    """Return who may take part in the track for the organisation, by name, and whether there are more than those
    `MOST_LISTED`. `name` is a part of a name; empty: everybody."""
    wanted = _people(track, organisation, day)
    if folded := fold(name):
        wanted = wanted.where(Person.name_fold.contains(folded, autoescape=True))
    found = db.session.scalars(wanted.limit(MOST_LISTED + 1)).all()
    return {person.id: person for person in found[:MOST_LISTED]}, len(found) > MOST_LISTED


def people_to_name_among(
    track: Track, organisation: Organisation, day: date, person_ids: Collection[UUID]
) -> dict[UUID, Person]:
    """Return those of many persons who may take part in the track for the organisation, by name."""
    if not person_ids:
        return {}
    wanted = _people(track, organisation, day).where(Person.id.in_(list(person_ids)))
    return {person.id: person for person in db.session.scalars(wanted)}
