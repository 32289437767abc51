"""Offers to translate: into which languages a person wants to be shown what remains."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.languages import check_tag
from app.core.permissions import require
from app.extensions import db
from app.originals.models import TranslationOffer
from app.people.models import Person


def offer_languages(actor: Actor, languages: Iterable[str], *, now: datetime) -> Person:
    """Let a person offer exactly these languages. Raises `RuleBroken` at `languages` for what is none."""
    require(actor, "originals.offer_languages")
    person = db.session.get_one(Person, actor.person_id, with_for_update={"of": Person})
    wanted = {check_tag(language, field="languages") for language in languages}
    mine = TranslationOffer.person_id == person.id
    db.session.execute(sa.delete(TranslationOffer).where(mine, TranslationOffer.language.not_in(wanted)))
    there = set(db.session.scalars(sa.select(TranslationOffer.language).where(mine)))
    for language in sorted(wanted - there):
        db.session.add(TranslationOffer(person_id=person.id, language=language, offered_at=now))
    db.session.flush()
    return person
