"""People who came without an account: they are counted, and nobody can sign in as them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import one_line
from app.extensions import db
from app.people.models import Organisation, Person, PersonLanguage
from app.people.services.profile import fold_of
from app.people.written_names import check_name


def add_walk_in(
    actor: Actor, *, name: str, language: str, organisation_id: UUID | None, place: str, now: datetime
) -> Person:
    """Write a person without an account, on behalf of a package above, which has asked its own policy who may mark
    attendance: no route leads here directly. Country and region are those of the organisation they came for; no
    affiliation is made, so nothing opens. Raises `RuleBroken` at `name` when it is empty or no name."""
    name = one_line(name)
    if not name:
        raise RuleBroken(_l("Write the name as the person says it."), field="name")
    check_name(name)
    organisation = db.session.get(Organisation, organisation_id) if organisation_id else None
    person = Person(
        name=name[:160],
        name_fold=fold_of(name[:160]),
        place=place[:120],
        preferred_language=language,
        country=organisation.country if organisation else None,
        region_id=organisation.region_id if organisation else None,
        created_at=now,
    )
    person.languages = [PersonLanguage(language=language, position=0)] if language else []
    db.session.add(person)
    db.session.flush()
    audit.record(actor, "people.person.walked_in", "person", person.id, now=now)
    return person
