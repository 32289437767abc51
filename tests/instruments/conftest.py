"""The cast of instruments: a group and an organisation that offer, who writes for them, who reads, who is outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from flask import Flask

from app.extensions import db
from app.people.models import Organisation, Person, Role
from app.workinggroups.models import Standing, WorkingGroup
from tests.journeys.reader import Reader
from tests.make.people import (
    make_account,
    make_member,
    make_organisation,
    make_person,
    make_role,
    make_secretary,
    sign_in,
)
from tests.make.workinggroups import make_group, make_place


@dataclass
class Cast:
    group: WorkingGroup
    organisation: Organisation
    member: Person
    observer: Person
    speaker: Person
    reader: Person
    outsider: Person
    secretary: Person


@pytest.fixture
def cast(app: Flask, now: datetime) -> Cast:
    group, organisation = make_group("Land group", slug="land-group"), make_organisation("Example Tenants")
    member, observer, speaker = make_member("Fatou Exemple", languages=("fr",)), make_member(), make_member()
    make_place(group, member)
    make_place(group, observer, standing=Standing.OBSERVER)
    make_role(speaker, Role.MANDATED, organisation.id)
    outsider = make_person("Outside Example")
    make_account(outsider)
    cast = Cast(
        group=group,
        organisation=organisation,
        member=member,
        observer=observer,
        speaker=speaker,
        reader=make_member("Njeri Example"),
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
