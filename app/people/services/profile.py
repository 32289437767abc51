"""What a person says about themselves: name, place, languages, gender, consent; and how pages look to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core import audit
from app.core.actors import Actor
from app.core.languages import fold
from app.core.permissions import require
from app.extensions import db
from app.people.models import Appearance, Gender, Need, Person
from app.people.services.needs import write_languages, write_needs

SCHEMES = ("", "light", "dark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A person in their own words. `languages` are tags in their own order; `preferred_language` is one of them.
    `understood` are understood without being spoken. `needs` is None where they were not asked: they stay then."""

    name: str
    name_latin: str = ""
    place: str = ""
    country: str | None = None
    region_id: UUID | None = None
    languages: tuple[str, ...] = ()
    understood: tuple[str, ...] = ()
    needs: frozenset[Need] | None = None
    preferred_language: str = ""
    gender: Gender | None = None
    appearance: Appearance = Appearance.NOBODY


def fold_of(name: str, name_latin: str = "") -> str:
    """Return what a person is searched and sorted by."""
    return fold(f"{name} {name_latin}")[:330]


def write_profile(person: Person, profile: Profile, *, now: datetime) -> None:
    """Put a profile onto a person's rows; asks nobody."""
    person.name, person.name_latin = profile.name, profile.name_latin
    person.name_fold = fold_of(profile.name, profile.name_latin)
    person.place, person.country, person.region_id = profile.place, profile.country, profile.region_id
    person.preferred_language, person.gender = profile.preferred_language, profile.gender
    if person.appearance is not profile.appearance:
        person.appearance, person.appearance_at = profile.appearance, now
    write_languages(person, spoken=profile.languages, understood=profile.understood)


def change_profile(actor: Actor, person: Person, profile: Profile, *, now: datetime) -> Person:
    """Let a person change what they say about themselves. Consent to appear is kept with its instant."""
    require(actor, "people.edit_own", person)
    consent_before = person.appearance
    write_profile(person, profile, now=now)
    if profile.needs is not None:
        write_needs(person, profile.needs)
    db.session.flush()
    audit.record(actor, "people.person.profile_changed", "person", person.id, now=now)
    if consent_before is not person.appearance:
        facts = {"from": consent_before.value, "to": person.appearance.value}
        audit.record(actor, "people.person.consent_changed", "person", person.id, facts, now=now)
    return person


def change_reading(
    actor: Actor, person: Person, *, page_language: str, zone: str, scheme: str, now: datetime
) -> Person:
    """Let a person choose the language, zone and colours of their pages; "" follows the browser."""
    require(actor, "people.edit_own", person)
    person.page_language, person.zone = page_language, zone
    person.scheme = scheme if scheme in SCHEMES else ""
    db.session.flush()
    audit.record(actor, "people.person.reading_changed", "person", person.id, now=now)
    return person
