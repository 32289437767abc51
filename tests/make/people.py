"""Rows of people for tests: plain functions, sensible defaults, everything can be said otherwise."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask.testing import FlaskClient

from app.core import clock as the_clock
from app.core.actors import job
from app.core.languages import fold
from app.core.names import Certainty, NameRow, set_name
from app.extensions import db
from app.people import signed_in
from app.people.imports.table import read_table
from app.people.models import (
    Account,
    Affiliation,
    AffiliationKind,
    AffiliationState,
    Assistance,
    ErasureRequest,
    Organisation,
    OrganisationParent,
    PeopleImport,
    Person,
    PersonLanguage,
    Region,
    Role,
    RoleGrant,
)
from app.people.services.imports import bring_file
from tests.conftest import START

_numbers = count(1)


def make_region(code: str = "LAC", **overrides: Any) -> Region:
    """The region with this code, made once."""
    found = db.session.scalar(sa.select(Region).where(Region.code == code))
    if found is not None:
        return found
    region = Region(**{"code": code, "position": next(_numbers)} | overrides)
    db.session.add(region)
    db.session.flush()
    set_name("region", region.id, "en", f"Region {code}")
    return region


def make_organisation(
    name: str = "", *, language: str = "en", region: str | None = "LAC", **overrides: Any
) -> Organisation:
    values = {"kind": "tenants_union", "country": "AR", "created_at": START} | overrides
    if region is not None:
        values.setdefault("region_id", make_region(region).id)
    organisation = Organisation(**values)
    db.session.add(organisation)
    db.session.flush()
    set_name("organisation", organisation.id, language, name or f"Example Union {next(_numbers)}")
    return organisation


def make_person(name: str = "", *, languages: tuple[str, ...] = (), **overrides: Any) -> Person:
    name = name or f"Example Person {next(_numbers)}"
    values = {"name": name, "name_fold": fold(name), "created_at": START, "zone": "Africa/Nairobi"} | overrides
    person = Person(**values)
    person.languages = [PersonLanguage(language=code, position=place) for place, code in enumerate(languages)]
    db.session.add(person)
    db.session.flush()
    return person


def make_account(person: Person, email: str = "", **overrides: Any) -> Account:
    email = email or f"person{next(_numbers)}@example.org"
    values = {"email": email, "email_norm": email.casefold(), "verified_at": START, "created_at": START} | overrides
    account = Account(person_id=person.id, **values)
    db.session.add(account)
    db.session.flush()
    return account


def make_affiliation(person: Person, organisation: Organisation | None = None, **overrides: Any) -> Affiliation:
    values = {
        "kind": AffiliationKind.MEMBER,
        "state": AffiliationState.CONFIRMED,
        "from_on": date(2020, 1, 1),
        "asked_at": START,
    } | overrides
    affiliation = Affiliation(person_id=person.id, organisation_id=organisation and organisation.id, **values)
    db.session.add(affiliation)
    db.session.flush()
    return affiliation


def make_role(
    person: Person, role: Role = Role.SECRETARIAT, organisation_id: UUID | None = None, **overrides: Any
) -> RoleGrant:
    values = {"given_at": START} | overrides
    grant = RoleGrant(person_id=person.id, role=role, organisation_id=organisation_id, **values)
    db.session.add(grant)
    db.session.flush()
    return grant


def make_assistance(person: Person, helper: Person, **overrides: Any) -> Assistance:
    values = {"agreed": "said so on the telephone", "from_at": START} | overrides
    assistance = Assistance(person_id=person.id, helper_id=helper.id, **values)
    db.session.add(assistance)
    db.session.flush()
    return assistance


def make_tie(organisation: Organisation, parent: Organisation, **overrides: Any) -> OrganisationParent:
    tie = OrganisationParent(organisation_id=organisation.id, parent_id=parent.id, **({"added_at": START} | overrides))
    db.session.add(tie)
    db.session.flush()
    return tie


def make_other_name(organisation: Organisation, text: str, language: str = "en") -> NameRow:
    row = NameRow.of("organisation", organisation.id, language, text, Certainty.OWN, is_alias=True)
    db.session.add(row)
    db.session.flush()
    return row


def make_member(name: str = "", *, kind: AffiliationKind = AffiliationKind.MEMBER, **overrides: Any) -> Person:
    """A person with an account and a confirmed affiliation to an organisation of their own."""
    person = make_person(name, **overrides)
    make_account(person)
    make_affiliation(person, make_organisation(), kind=kind)
    return person


def make_secretary(name: str = "Example Secretary", **overrides: Any) -> Person:
    person = make_person(name, **overrides)
    make_account(person)
    make_role(person, Role.SECRETARIAT)
    return person


def make_erasure_request(person: Person, **overrides: Any) -> ErasureRequest:
    """A person's wish to be deleted, not answered yet."""
    request = ErasureRequest(**{"person_id": person.id, "asked_at": START} | overrides)
    db.session.add(request)
    db.session.flush()
    return request


def make_import(text: str = "Name;E-mail\nAmina Exemple;amina@example.org\nBola;bola\n") -> PeopleImport:
    """A file of people as it was brought, nothing tried yet."""
    table = read_table(text.encode())
    return bring_file(job("tests"), file_name="people.csv", source=text.encode(), table=table, now=START)


def sign_in(client: FlaskClient, person: Person) -> FlaskClient:
    """Let this browser be the person's: a signed-in device, without the form."""
    token = signed_in.open_session(person.id, device="test", now=the_clock.now())
    db.session.commit()
    client.set_cookie(signed_in.COOKIE, token)
    return client
