"""The cast of events and calendars: a group and an organisation, who runs the one and speaks for the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from flask import Flask

from app.core.actors import VISITOR, Actor
from app.core.registries import actor_at
from app.extensions import db
from app.people.models import Organisation, Person, Role
from app.workinggroups.models import WorkingGroup
from tests.conftest import START
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
from tests.make.workinggroups import make_coordinator, make_group, make_place


@dataclass
class Cast:
    group: WorkingGroup
    organisation: Organisation
    coordinator: Person
    member: Person
    speaker: Person
    reader: Person
    outsider: Person
    secretary: Person

    @staticmethod
    def actor(person: Person | None) -> Actor:
        return actor_at(person.id, START) if person is not None else VISITOR


@pytest.fixture
def cast(app: Flask, now: datetime) -> Cast:
    group, organisation = make_group("Land group", slug="land-group"), make_organisation("Example Tenants")
    coordinator, member, speaker = make_member("Mona Example"), make_member("Fatou Exemple"), make_member()
    make_coordinator(group, coordinator)
    make_place(group, member)
    make_role(speaker, Role.MANDATED, organisation.id)
    outsider = make_person("Outside Example")
    make_account(outsider)
    cast = Cast(
        group=group,
        organisation=organisation,
        coordinator=coordinator,
        member=member,
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
