"""What a person needs to take part: languages spoken and understood, access, a slow line. Asked once, kept with the
person, told to the facilitators of their tracks and to nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core import audit
from app.core.actors import Actor
from app.core.permissions import require
from app.extensions import db
from app.people.models import Need, Person, PersonLanguage, PersonNeed

MOST_LANGUAGES = 20


@dataclass(frozen=True, slots=True)
class TakingPart:
    """How a person takes part, in their own order of languages. A language that is spoken is understood as well."""

    spoken: tuple[str, ...] = ()
    understood: tuple[str, ...] = ()
    needs: frozenset[Need] = frozenset()


def keep_needs(actor: Actor, person: Person, said: TakingPart, *, now: datetime) -> Person:
    """Keep what a person says they need; without a spoken language the ones known before stay."""
    require(actor, "people.say_needs", person)
    if said.spoken:
        write_languages(person, spoken=said.spoken, understood=said.understood)
        if person.preferred_language not in (*said.spoken, *said.understood):
            person.preferred_language = said.spoken[0]
    write_needs(person, said.needs)
    db.session.flush()
    audit.record(actor, "people.person.needs_changed", "person", person.id, now=now)
    return person


def write_languages(person: Person, *, spoken: tuple[str, ...], understood: tuple[str, ...] = ()) -> None:
    """Put languages onto a person's rows, those that are spoken first, each in the given order; asks nobody."""
    is_spoken = dict.fromkeys(understood, False) | dict.fromkeys(spoken, True)
    ordered = list(dict.fromkeys((*spoken, *understood)))[:MOST_LANGUAGES]
    known = {row.language: row for row in person.languages}
    person.languages = [known.get(tag) or PersonLanguage(language=tag, position=0) for tag in ordered]
    for position, row in enumerate(person.languages):
        row.position, row.is_spoken = position, is_spoken[row.language]


def write_needs(person: Person, needs: frozenset[Need]) -> None:
    """Put needs onto a person's rows; asks nobody."""
    known = {
        row.need: row for row in db.session.scalars(sa.select(PersonNeed).where(PersonNeed.person_id == person.id))
    }
    for need, row in known.items():
        if need not in needs:
            db.session.delete(row)
    db.session.add_all(PersonNeed(person_id=person.id, need=need) for need in sorted(needs - set(known)))
