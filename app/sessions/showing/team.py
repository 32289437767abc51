"""Facilitators by region as a reader may see them: by name where they agreed, else as "A facilitator" of the region."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.extensions import db
from app.people.models import Person
from app.people.policy import appears_to
from app.sessions import policy, queries
from app.sessions.models import Track, TrackFacilitator


@dataclass(frozen=True, slots=True)
class Shown:
    """One facilitator: `name` is "A facilitator" for readers to whom the person does not appear; then no place."""

    facilitator_id: UUID
    name: Any
    is_named: bool
    place: str
    languages: list[str]


@dataclass(frozen=True, slots=True)
class RegionTeam:
    """A region of the phase (None: no region said) and who stands for it."""

    name: Name | None
    people: list[Shown]


def languages_of(person: Person) -> list[str]:
    """Return the languages a person speaks, the preferred one first."""
    spoken = [row.language for row in person.languages]
    preferred = person.preferred_language
    return [preferred, *(code for code in spoken if code != preferred)] if preferred else spoken


def _shown(actor: Actor, track: Track, row: TrackFacilitator) -> Shown:
    person = row.person
    is_named = bool(person.name) and appears_to(actor, person, is_mate=policy.takes_part(actor, track))
    # I18N: stands for a facilitator who does not appear by name
    name = person.name if is_named else _("A facilitator")
    return Shown(row.id, name, is_named, person.place if is_named else "", languages_of(person))


def team_by_region(actor: Actor, track: Track, team: Sequence[TrackFacilitator]) -> list[RegionTeam]:
    """Return the regions of the phase in their order, with those who stand for them; further regions and people
    without a region at the end."""
    by_region: dict[UUID | None, list[Shown]] = {region.id: [] for region in track.phase.regions}
    for row in team:
        by_region.setdefault(row.region_id, []).append(_shown(actor, track, row))
    names = names_of("region", [region_id for region_id in by_region if region_id], page_language())
    return [RegionTeam(names.get(region_id) if region_id else None, people) for region_id, people in by_region.items()]


def hands_shown(actor: Actor, track: Track, person_ids: Collection[UUID]) -> dict[UUID, Any]:
    """Return who changed something, as the reader may know it: by name, as "a facilitator", else "the secretariat":
    nobody else changes the sessions of a track."""
    leading = queries.facilitators_ever(track)
    is_inside = policy.takes_part(actor, track)
    shown: dict[UUID, Any] = {}
    for person in db.session.scalars(sa.select(Person).where(Person.id.in_(person_ids))) if person_ids else ():
        leads = person.id in leading
        if person.name and appears_to(actor, person, is_mate=leads and is_inside):
            shown[person.id] = person.name
        else:
            # I18N: who changed a session, where the person does not appear by name
            shown[person.id] = _("a facilitator") if leads else _("the secretariat")
    return shown
