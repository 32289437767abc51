"""Cards: what agenda, feeds, mails and search print of a person or an organisation they do not know."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.core.registries import Card
from app.extensions import db
from app.people.models import Organisation, Person
from app.people.policy import appears_to, can_decide_for, can_open_desk


def describe_persons(person_ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Persons whose name the actor may read; only those who may open a person's page get its address."""
    persons = db.session.scalars(sa.select(Person).where(Person.id.in_(person_ids), Person.erased_at.is_(None)))
    return {
        person.id: Card(person.name, f"/people/{person.id}" if can_open_desk(actor) else "")
        for person in persons
        if appears_to(actor, person)
    }


def describe_organisations(organisation_ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Organisations that are listed, or that the actor decides about."""
    rows = db.session.scalars(sa.select(Organisation).where(Organisation.id.in_(organisation_ids)))
    shown = [row for row in rows if row.is_listed or can_decide_for(actor, row)]
    names = names_of("organisation", [row.id for row in shown], page_language())
    return {
        row.id: Card(names[row.id].text, f"/organisations/{row.id}", language=names[row.id].language) for row in shown
    }
