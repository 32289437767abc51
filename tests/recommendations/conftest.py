"""The cast of recommendations: who keeps the register, who speaks for an organisation, who reads, who is outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from flask import Flask

from app.advocacy.models import AdvocacySpace
from app.extensions import db
from app.people.models import Appearance, Organisation, Person, Role
from app.workinggroups.models import WorkingGroup
from tests.journeys.reader import Reader
from tests.make.advocacy import make_space
from tests.make.people import (
    make_account,
    make_affiliation,
    make_member,
    make_organisation,
    make_person,
    make_role,
    make_secretary,
    sign_in,
)
from tests.make.workinggroups import make_coordinator, make_group


@dataclass
class Cast:
    space: AdvocacySpace
    group: WorkingGroup
    organisation: Organisation
    coordinator: Person
    speaker: Person
    member: Person
    outsider: Person
    secretary: Person


@pytest.fixture
def cast(app: Flask, now: datetime) -> Cast:
    group, organisation = make_group("Land group", slug="land-group"), make_organisation("Example Tenants")
    coordinator, speaker = make_member("Huda Example"), make_person("Amina Exemple", appearance=Appearance.NETWORK)
    make_coordinator(group, coordinator)
    make_account(speaker)
    make_affiliation(speaker, organisation)
    make_role(speaker, Role.MANDATED, organisation.id)
    outsider = make_person("Outside Example")
    make_account(outsider)
    cast = Cast(
        space=make_space("Example committee", slug="example-committee"),
        group=group,
        organisation=organisation,
        coordinator=coordinator,
        speaker=speaker,
        member=make_member("Njeri Example"),
        outsider=outsider,
        secretary=make_secretary(),
    )
    db.session.commit()
    return cast


@pytest.fixture
def browse(app: Flask) -> Callable[[Person | None], Reader]:
    """`browse(person)`: a browser of their own, signed in; `browse(None)`: a visitor's."""

    def browsing(person: Person | None = None) -> Reader:
        db.session.commit()
        client = app.test_client()
        return Reader(sign_in(client, person) if person else client)

    return browsing
