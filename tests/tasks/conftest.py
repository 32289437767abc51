"""The cast of tasks: a group that grew out of a track, who runs it, who takes part, who observes, who is outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from flask import Flask

from app.extensions import db
from app.people.models import AffiliationKind, Person
from app.sessions.models import LearningSession, Track
from app.workinggroups.models import Standing, WorkingGroup
from tests.journeys.reader import Reader
from tests.make.people import make_member, make_secretary, sign_in
from tests.make.sessions import make_facilitator, make_membership, make_session, make_track
from tests.make.workinggroups import make_coordinator, make_group, make_place

BEFORE = datetime(2026, 11, 14, 17)


@dataclass
class Cast:
    track: Track
    session: LearningSession
    group: WorkingGroup
    coordinator: Person
    member: Person
    colleague: Person
    observer: Person
    facilitator: Person
    outsider: Person
    secretary: Person


@pytest.fixture
def cast(app: Flask, now: datetime) -> Cast:
    track = make_track("Land rights", slug="land-rights")
    group = make_group("Land group", slug="land-group", origins=(track,))
    facilitator, coordinator = make_member("Amina Exemple"), make_member("Huda Example")
    member, colleague = make_member("Fatou Exemple", languages=("fr",)), make_member("Njeri Example")
    observer = make_member("Rosa Ejemplo", kind=AffiliationKind.FRIEND)
    make_facilitator(track, facilitator, "SSA")
    make_membership(track, member)
    make_coordinator(group, coordinator)
    for person in (member, colleague):
        make_place(group, person)
    make_place(group, observer, standing=Standing.OBSERVER)
    cast = Cast(
        track=track,
        session=make_session(track, "Who owns the land?", wall_start=BEFORE, number=1),
        group=group,
        coordinator=coordinator,
        member=member,
        colleague=colleague,
        observer=observer,
        facilitator=facilitator,
        outsider=make_member("Outside Example"),
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
