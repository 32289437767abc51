"""The directory: who agreed to be found by name, and nobody else, for whom they agreed to.

Visitors find those who chose everybody, people of the network those who chose the network too. Who chose nobody is in
no list, no filter and no number, not even for the secretariat, which has a list of its own. What is shown is what the
choice says: name, organisations, region, languages. A town or village is not part of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import NETWORK, Actor
from app.core.languages import fold, name_in
from app.core.names import Name, names_of
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.people.models import Appearance, Person, PersonLanguage
from app.people.queries.affiliations import affiliations_on


@dataclass(frozen=True, slots=True)
class DirectoryLine:
    """One person of the directory. `organisations` are those that are listed, by id, with their names."""

    person: Person
    languages: list[str]
    organisations: dict[UUID, Name]
    region: Name | None


def _appears(actor: Actor) -> sa.ColumnElement[bool]:
    """The rule of `policy.appears_to` for strangers, as a filter."""
    agreed = [Appearance.PUBLIC]
    if actor.holds(NETWORK):
        agreed.append(Appearance.NETWORK)
    return sa.and_(Person.appearance.in_(agreed), Person.erased_at.is_(None), Person.name != "")


def list_directory(
    actor: Actor,
    page_language: str,
    *,
    on: date,
    name: str = "",
    region_id: UUID | None = None,
    language: str = "",
    cursor: str = "",
) -> Page[DirectoryLine]:
    """Return one page of the directory by name. `name` is the beginning of any word of it, in any script, case and
    accents apart; affiliations are those that count `on` a day."""
    wanted = sa.select(Person).where(_appears(actor))
    if fold(name):
        begun = fold(name)
        wanted = wanted.where(
            sa.or_(
                Person.name_fold.startswith(begun, autoescape=True),
                Person.name_fold.contains(f" {begun}", autoescape=True),
            )
        )
    if region_id is not None:
        wanted = wanted.where(Person.region_id == region_id)
    if language:
        wanted = wanted.where(Person.id.in_(_speakers(language)))
    page = fetch_page(wanted, key=Person.name_fold, row_id=Person.id, cursor=cursor)
    return Page(_lines(list(page.rows), page_language, on), page.next_cursor)


def _speakers(language: str) -> sa.Select[UUID]:
    return sa.select(PersonLanguage.person_id).where(PersonLanguage.language == language, PersonLanguage.is_spoken)


def _lines(persons: list[Person], page_language: str, on: date) -> list[DirectoryLine]:
    current = affiliations_on([person.id for person in persons], on)
    listed = {
        person_id: [row.organisation_id for row in rows if row.organisation is not None and row.organisation.is_listed]
        for person_id, rows in current.items()
    }
    names = names_of("organisation", {one for ids in listed.values() for one in ids if one}, page_language)
    regions = names_of("region", {person.region_id for person in persons if person.region_id}, page_language)
    return [
        DirectoryLine(
            person,
            [row.language for row in person.languages if row.is_spoken],
            {one: names[one] for one in listed.get(person.id, []) if one},
            regions.get(person.region_id) if person.region_id else None,
        )
        for person in persons
    ]


def languages_of_directory(actor: Actor, page_language: str) -> list[tuple[str, str]]:
    """Return the languages that people of the directory speak, as (tag, name), by name."""
    tags = db.session.scalars(
        sa.select(PersonLanguage.language)
        .join(Person, Person.id == PersonLanguage.person_id)
        .where(_appears(actor), PersonLanguage.is_spoken)
        .distinct()
    )
    named = [(tag, name_in(tag, page_language)) for tag in tags]
    return sorted(named, key=lambda pair: (fold(pair[1]), pair[0]))
