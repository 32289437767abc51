"""What stands on the page of an organisation: its own words, its other names, who speaks for it, who belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import NETWORK, Actor
from app.core.languages import chain
from app.core.names import NameRow
from app.extensions import db
from app.people.keys import is_current, is_held
from app.people.models import (
    Affiliation,
    Appearance,
    Organisation,
    OrganisationContact,
    OrganisationText,
    Person,
    Role,
    RoleGrant,
)

PEOPLE_SHOWN = 60


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The text that a reader gets, the languages in which there is one, and the contact; None and () where nothing."""

    text: OrganisationText | None
    languages: tuple[str, ...]
    contact: OrganisationContact | None


def own_words(organisation: Organisation, page_language: str, asked: str = "") -> OwnWords:
    """Return an organisation's text in the language asked for, else in the one that stands in best for the page's."""
    rows = db.session.scalars(
        sa.select(OrganisationText)
        .where(OrganisationText.organisation_id == organisation.id)
        .order_by(OrganisationText.language)
    )
    texts = {row.language: row for row in rows}
    chosen = asked if asked in texts else chain(page_language, set(texts))
    contact = db.session.get(OrganisationContact, organisation.id)
    return OwnWords(texts[chosen] if chosen else None, tuple(texts), contact)


def find_text(organisation_id: UUID, language: str) -> OrganisationText | None:
    return db.session.get(OrganisationText, (organisation_id, language))


def find_contact(organisation_id: UUID) -> OrganisationContact | None:
    return db.session.get(OrganisationContact, organisation_id)


def other_names(organisation_ids: list[UUID]) -> dict[UUID, list[NameRow]]:
    """Return the other names of many organisations, sorted, in one query."""
    found: dict[UUID, list[NameRow]] = {}
    rows = db.session.scalars(
        sa.select(NameRow)
        .where(
            NameRow.object_kind == "organisation", NameRow.object_id.in_(organisation_ids), NameRow.is_alias.is_(True)
        )
        .order_by(NameRow.fold, NameRow.language, NameRow.id)
    )
    for row in rows:
        found.setdefault(row.object_id, []).append(row)
    return found


def appearing_to(actor: Actor) -> sa.ColumnElement[bool]:
    """`policy.appears_to` as a filter: a test holds the two together."""
    if actor.is_secretariat:
        return sa.true()
    shown = {Appearance.PUBLIC} | ({Appearance.NETWORK} if actor.holds(NETWORK) else set())
    return sa.or_(Person.appearance.in_(shown), Person.id == actor.person_id)


def speakers(actor: Actor, organisation: Organisation, day: date) -> list[str]:
    """Return the names of those who speak for an organisation on a day and appear by name to the reader."""
    holding = sa.select(RoleGrant.person_id).where(
        RoleGrant.role == Role.MANDATED, RoleGrant.organisation_id == organisation.id, is_held(day)
    )
    return _names(actor, Person.id.in_(holding))


def members(actor: Actor, organisation: Organisation, day: date) -> list[str]:
    """Return the names of those who belong to an organisation on a day and appear by name to the reader; at most
    `PEOPLE_SHOWN`. How many others there are is not told: a small number would say who they are."""
    belonging = sa.select(Affiliation.person_id).where(Affiliation.organisation_id == organisation.id, is_current(day))
    return _names(actor, Person.id.in_(belonging))


def _names(actor: Actor, wanted: sa.ColumnElement[bool]) -> list[str]:
    return list(
        db.session.scalars(
            sa.select(Person.name)
            .where(wanted, Person.erased_at.is_(None), Person.name != "", appearing_to(actor))
            .order_by(Person.name_fold, Person.id)
            .limit(PEOPLE_SHOWN)
        )
    )
