"""The cast of the tests of joint texts: one group with people of four languages, and somebody outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from flask import Flask

from app.core.actors import Actor
from app.core.registries import actor_at
from app.drafting.models import JointText
from app.extensions import db
from app.people.models import AffiliationKind, Person
from app.workinggroups.models import Standing, WorkingGroup
from tests.journeys.reader import Reader
from tests.make.drafting import make_text
from tests.make.people import make_member, make_secretary, sign_in
from tests.make.workinggroups import make_coordinator, make_group, make_place


@dataclass
class Cast:
    """`text` is kept by Fatou, in French, in one version; nobody has commented."""

    group: WorkingGroup
    text: JointText
    fatou: Person
    huda: Person
    rosa: Person
    observer: Person
    coordinator: Person
    secretary: Person
    outsider: Person


@pytest.fixture
def cast(app: Flask, now: datetime) -> Cast:
    group = make_group("Land group", slug="land-group")
    fatou = make_member("Fatou Exemple", languages=("fr",), place="Dakar")
    huda = make_member("هدى مثال", languages=("ar",))
    rosa = make_member("Rosa Ejemplo", languages=("es", "fr"))
    observer = make_member("Olu Example", kind=AffiliationKind.FRIEND)
    coordinator = make_member("Samira Example")
    for person in (fatou, huda, rosa):
        make_place(group, person)
    make_place(group, observer, standing=Standing.OBSERVER)
    make_coordinator(group, coordinator)
    text = make_text(group, fatou)
    return Cast(group, text, fatou, huda, rosa, observer, coordinator, make_secretary(), make_member("Jo"))


@pytest.fixture
def act(now: datetime) -> Callable[..., Actor]:
    """`act(person)`: the person as an actor, with the keys of this instant."""

    def acting(person: Person, at: datetime | None = None) -> Actor:
        db.session.flush()
        return actor_at(person.id, at or now)

    return acting


@pytest.fixture
def browse(app: Flask, now: datetime) -> Callable[..., Reader]:
    """`browse(person)`: a browser of their own, signed in; English unless said otherwise."""

    def browsing(person: Person, language: str = "en") -> Reader:
        db.session.commit()
        reader = Reader(sign_in(app.test_client(), person))
        reader.open(f"/about?lang={language}")
        return reader

    return browsing
