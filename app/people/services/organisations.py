"""Organisations: public facts, kept by the secretariat, with a name per language."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.core import audit, searching
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.names import Certainty, all_names, set_name
from app.core.permissions import require
from app.extensions import db
from app.people.models import Level, Organisation
from app.people.queries.organisations import find_alike


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFacts:
    """What is said of an organisation. `names` by language, the writer's own first; "" takes a name away."""

    kind: str
    names: dict[str, str] = field(default_factory=dict)
    acronym: str = ""
    country: str | None = None
    city: str = ""
    region_id: UUID | None = None
    is_listed: bool = True
    level: Level | None = None


class LooksKnown(RuleBroken):
    """Organisations of this name are there already; `known` are their ids. Said to be another one, it is written."""

    def __init__(self, known: list[UUID]) -> None:
        super().__init__(
            _l("There is an organisation of this name already. Look at it first; if yours is another one, say so."),
            field="is_another",
        )
        self.known = known


def create_organisation(
    actor: Actor, *, facts: OrganisationFacts, is_another: bool = True, now: datetime
) -> Organisation:
    """Write a new organisation. Raises `RuleBroken` when it would have no name in any language, and `LooksKnown` for
    one that bears a known name, unless it is said to be another one."""
    require(actor, "people.manage_organisations")
    if not is_another and (known := find_alike(facts.names.values(), facts.acronym)):
        raise LooksKnown(known)
    organisation = Organisation(kind=facts.kind, certainty=Certainty.OWN.value, created_at=now)
    db.session.add(organisation)
    db.session.flush()
    _write(organisation, facts)
    audit.record(actor, "people.organisation.created", "organisation", organisation.id, now=now)
    return organisation


def change_organisation(
    actor: Actor, organisation: Organisation, *, facts: OrganisationFacts, is_checked: bool = False, now: datetime
) -> Organisation:
    """Change what is said of an organisation. `is_checked` says that its facts were looked up: they are no longer
    shown as unsure. Raises `RuleBroken` when no name would be left."""
    require(actor, "people.manage_organisations", organisation)
    _write(organisation, facts)
    if is_checked:
        organisation.certainty = Certainty.OWN.value
    db.session.flush()
    audit.record(actor, "people.organisation.changed", "organisation", organisation.id, now=now)
    return organisation


def _write(organisation: Organisation, facts: OrganisationFacts) -> None:
    organisation.kind, organisation.acronym, organisation.city = facts.kind, facts.acronym, facts.city
    organisation.country, organisation.region_id = facts.country, facts.region_id
    organisation.is_listed, organisation.level = facts.is_listed, facts.level
    known = all_names("organisation", organisation.id)
    for language, text in facts.names.items():
        row = known.get(language)
        if row is None or row.text != text:
            set_name("organisation", organisation.id, language, text)
    if not all_names("organisation", organisation.id):
        own = next(iter(facts.names), "en")
        raise RuleBroken(_l("Write its name in at least one language."), field=f"name_{own}")
    db.session.flush()
    searching.changed("organisation", [organisation.id])
