"""The cast of notes and outcomes: a track with a held session, who leads it, who takes part, and who does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from flask import Flask

from app.extensions import db
from app.people.models import Person
from app.sessions.models import LearningSession, Track
from tests.journeys.reader import Reader
from tests.make.people import make_member, make_secretary, sign_in
from tests.make.sessions import make_facilitator, make_membership, make_session, make_track

BEFORE = datetime(2026, 11, 14, 17)


@dataclass
class Cast:
    track: Track
    session: LearningSession
    coming: LearningSession
    facilitator: Person
    colleague: Person
    other_facilitator: Person
    participant: Person
    member: Person
    secretary: Person


@pytest.fixture
def cast(app: Flask, now: datetime) -> Cast:
    track = make_track("Climate justice", slug="climate-justice")
    facilitator, colleague = make_member("Amina Exemple", languages=("fr", "en")), make_member("Rosa Ejemplo")
    other_facilitator, participant = make_member("Huda Example"), make_member("Fatou Exemple")
    make_facilitator(track, facilitator, "SSA")
    make_facilitator(track, colleague, "LAC")
    make_facilitator(make_track("Land rights", slug="land-rights"), other_facilitator)
    make_membership(track, participant)
    cast = Cast(
        track=track,
        session=make_session(track, "Who pays for the heat?", wall_start=BEFORE, number=1),
        coming=make_session(track, "Roofs", number=2),
        facilitator=facilitator,
        colleague=colleague,
        other_facilitator=other_facilitator,
        participant=participant,
        member=make_member("Njeri Example"),
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
