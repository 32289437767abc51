"""The cast of the programme's tests: one published track, who leads it, who takes part, who may, and who may not."""

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
from app.people.models import AffiliationKind, Person
from app.sessions.models import LearningSession, Track
from tests.conftest import ReadersClient
from tests.journeys.reader import Reader
from tests.make.people import make_account, make_member, make_person, make_secretary
from tests.make.sessions import make_facilitator, make_membership, make_phase, make_session, make_track


@dataclass
class Cast:
    """`track` has one session in February 2027 at 17:00 in Nairobi; `other_track` is somebody else's."""

    track: Track
    other_track: Track
    session: LearningSession
    secretary: Person
    facilitator: Person
    other_facilitator: Person
    participant: Person
    member: Person
    friend: Person
    outsider: Person


@pytest.fixture
def cast(app: Flask) -> Cast:
    phase = make_phase()
    track = make_track("Climate justice", slug="climate-justice", phase=phase)
    other = make_track("Land rights", slug="land-rights", phase=phase)
    facilitator = make_member("Amina Exemple", zone="Africa/Douala", place="Douala")
    other_facilitator = make_member("Rosa Ejemplo", zone="America/Mexico_City")
    participant = make_member("Fatou Exemple", zone="Africa/Dakar", preferred_language="fr")
    outsider = make_person("Pat Nobody")
    make_account(outsider)
    make_facilitator(track, facilitator, "SSA")
    make_facilitator(other, other_facilitator, "LAC")
    make_membership(track, participant)
    return Cast(
        track=track,
        other_track=other,
        session=make_session(track, "Who pays for the heat?", number=1),
        secretary=make_secretary(),
        facilitator=facilitator,
        other_facilitator=other_facilitator,
        participant=participant,
        member=make_member("Njeri Example", zone="Africa/Nairobi"),
        friend=make_member("Jo Example", kind=AffiliationKind.FRIEND),
        outsider=outsider,
    )


@pytest.fixture
def act(now: datetime) -> Callable[[Person], Actor]:
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
def browse(app: Flask, now: datetime) -> Callable[[Person | None], Reader]:
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
