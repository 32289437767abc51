"""Who is meant by a name or an e-mail address that somebody wrote: for whoever appoints or invites people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.languages import fold
from app.core.names import names_of
from app.extensions import db
from app.people.models import Person
from app.people.queries.affiliations import affiliations_on
from app.people.queries.organisation_pages import appearing_to
from app.people.queries.persons import find_account

MOST = 12
"""So many people are shown to choose from."""

LONGEST = 254
"""Characters of an address, the longest thing somebody may be known by."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Who may be meant by what was written; `is_exact`: one person, by their whole name or address."""

    people: list[Person]
    is_exact: bool = False


def find_meant(actor: Actor, written: str, *, known: sa.ColumnElement[bool] | None = None) -> Meant:
    """Return who is meant by an e-mail address or by a name, case and accents apart. An address finds anybody: who
    writes it knows it. A name finds those who appear by name to the actor, and others the actor has to do with
    (`known`, a filter of persons): whether somebody is here is nobody else's business."""
    written = written.strip()
    folded = fold(written[:LONGEST])
    if not folded or len(written) > LONGEST:  # nobody is called so, and a database takes no pattern of any length
        return Meant([])
    if "@" in written:
        account = find_account(written)
        return Meant([account.person], is_exact=True) if account is not None else Meant([])
    may_be_found = appearing_to(actor) if known is None else sa.or_(appearing_to(actor), known)
    found = list(
        db.session.scalars(
            sa.select(Person)
            .where(Person.erased_at.is_(None), Person.name_fold.contains(folded, autoescape=True), may_be_found)
            .order_by(sa.func.length(Person.name_fold), Person.name_fold, Person.id)  # whole names first
            .limit(MOST)
        )
    )
    whole = [person for person in found if folded in (fold(person.name), fold(person.name_latin))]
    return Meant(sorted(whole or found, key=lambda person: person.name_fold), is_exact=len(whole) == 1)


def told_apart(persons: Sequence[Person], day: date, language: str) -> list[tuple[UUID, str]]:
    """Return, of people of one name, what tells them apart on a day: how else they are written, their place, their
    organisations. Two queries, however many."""
    affiliations = affiliations_on([person.id for person in persons], day) if persons else {}
    ids = {row.organisation_id for rows in affiliations.values() for row in rows if row.organisation_id is not None}
    names = names_of("organisation", ids, language)
    described = []
    for person in persons:
        rows = affiliations.get(person.id, [])
        of = [names[row.organisation_id].text for row in rows if row.organisation_id in names]
        parts = (person.name, person.name_latin, person.place, *of)
        described.append((person.id, " · ".join(part for part in parts if part)))
    return described
