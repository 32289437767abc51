"""The cast of the tests of groups: one open group, who runs it, who is inside, who may come in, and who may not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from app.core import clock as the_clock
from app.core.actors import Actor
from app.core.registries import actor_at
from app.extensions import db
from app.people import signed_in
from app.people.models import AffiliationKind, Organisation, Person, Role
from app.workinggroups.models import Standing, WorkingGroup
from tests.conftest import ReadersClient
from tests.journeys.reader import Reader
from tests.make.people import make_account, make_member, make_organisation, make_person, make_role, make_secretary
from tests.make.workinggroups import make_coordinator, make_group, make_place


@dataclass
class Cast:
    """`group` is public and open to Members and Allies; `secret` is known to its own people alone."""

    group: WorkingGroup
    secret: WorkingGroup
    union: Organisation
    secretary: Person
    coordinator: Person
    other_coordinator: Person
    member: Person
    observer: Person
    candidate: Person
    friend: Person
    outsider: Person


@pytest.fixture
def cast(app: Flask) -> Cast:
    group = make_group("Land group", slug="land-group")
    secret = make_group("Secret group", slug="secret-group", audience="inside")
    union = make_organisation("Unión de ejemplo")
    coordinator = make_member("Samira Example", zone="Africa/Cairo", place="Cairo")
    other_coordinator = make_member("Rosa Ejemplo")
    member = make_member("Fatou Exemple", zone="Africa/Dakar", preferred_language="fr")
    observer = make_member("Olu Example", kind=AffiliationKind.FRIEND)
    outsider = make_person("Pat Nobody")
    make_account(outsider)
    make_role(other_coordinator, Role.COORDINATOR)
    make_coordinator(group, coordinator)
    make_coordinator(secret, other_coordinator)
    make_place(group, member, union)
    make_place(group, observer, standing=Standing.OBSERVER)
    return Cast(
        group=group,
        secret=secret,
        union=union,
        secretary=make_secretary(),
        coordinator=coordinator,
        other_coordinator=other_coordinator,
        member=member,
        observer=observer,
        candidate=make_member("Njeri Example", zone="Africa/Nairobi"),
        friend=make_member("Jo Example", kind=AffiliationKind.FRIEND),
        outsider=outsider,
    )


@pytest.fixture
def act(now: datetime) -> Callable[..., Actor]:
    """`act(person)`: the person as an actor, with the keys of this instant."""

    def acting(person: Person, at: datetime | None = None) -> Actor:
        return actor_at(person.id, at or now)

    return acting


class WritingClient(ReadersClient):
    """A browser that comes after what the test has just changed is written down."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.flush()
        return super().open(*args, **kwargs)


@pytest.fixture
def browse(app: Flask, now: datetime) -> Callable[..., Reader]:
    """`browse(person)`: a browser of their own, signed in; `browse(None)`: a visitor's."""

    def browsing(person: Person | None = None) -> Reader:
        app.test_client_class = WritingClient
        client = app.test_client()
        if person is not None:
            token = signed_in.open_session(person.id, device="test", now=the_clock.now())
            db.session.commit()
            client.set_cookie(signed_in.COOKIE, token)
        return Reader(client)

    return browsing


@pytest.fixture
def unknown_id() -> UUID:
    return UUID("00000000-0000-4000-8000-000000000000")
