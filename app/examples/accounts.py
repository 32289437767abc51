"""The cast as rows: persons with a confirmed affiliation, some with an account, two with a role."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import sqlalchemy as sa

from app.core.actors import Actor
from app.examples.cast import ACCOUNTS, CAST, CORRESPONDENTS, Figure
from app.extensions import db
from app.people import services as people
from app.people.models import Account, Appearance, Organisation, Person, Region, Role
from app.people.services import Profile
from app.people.services.profile import write_profile

Cast = Mapping[str, Person]

_ROLES = {"jo": Role.SECRETARIAT, "nour": Role.COORDINATOR}


def make_cast(
    actor: Actor, unions: Mapping[str, Organisation], hashes: Mapping[str, str], *, now: datetime
) -> dict[str, Person]:
    """Make the people of the example track; `hashes` are the password hashes by e-mail. Returns them by their keys."""
    regions = {region.code: region for region in db.session.scalars(sa.select(Region))}
    cast, addresses = {}, ACCOUNTS | CORRESPONDENTS
    for figure in CAST:
        person = cast[figure.key] = _make_person(figure, regions[figure.region], now)
        if (email := addresses.get(figure.key)) is not None:
            account = Account(email=email, email_norm=email, verified_at=now, created_at=now, person=person)
            account.password_hash = hashes[email]
            db.session.add(account)
            db.session.flush()
        if figure.kind is not None:
            union = unions.get(figure.union)
            people.add_affiliation(
                actor,
                person,
                organisation_id=union.id if union is not None else None,
                kind=figure.kind,
                from_on=date(now.year - 1, 1, 1),
                now=now,
            )
        if (role := _ROLES.get(figure.key)) is not None:
            people.give_role(actor, person, role=role, now=now)
    return cast


def _make_person(figure: Figure, region: Region, now: datetime) -> Person:
    """Example people agree to appear: invented names need no protection, and pages without names show little."""
    person = Person(name="", name_fold="", zone=figure.zone, is_example=True, created_at=now)
    profile = Profile(
        name=figure.name,
        name_latin=figure.name_latin,
        place=figure.place,
        country=figure.country,
        region_id=region.id,
        languages=figure.languages,
        preferred_language=figure.languages[0],
        gender=figure.gender,
        appearance=Appearance.PUBLIC,
    )
    db.session.add(person)
    with db.session.no_autoflush:
        write_profile(person, profile, now=now)
    db.session.flush()
    return person
