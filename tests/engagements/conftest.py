"""The cast of engagements: a group with who runs it and takes part, two organisations and who speaks for them, a
commission that asks for a status and a committee that asks for none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from flask import Flask

from app.advocacy.models import (
    Access,
    AdvocacySpace,
    ModeCode,
    Occurrence,
    ParticipationMode,
    SpaceKind,
    Standing,
    Step,
    StepCode,
)
from app.core.actors import Actor
from app.core.registries import actor_at
from app.extensions import db
from app.people.models import Organisation, Person, Role
from app.workinggroups.models import Standing as Place
from app.workinggroups.models import WorkingGroup
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.advocacy import make_access, make_mode, make_occurrence, make_space, make_step
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
from tests.make.workinggroups import make_coordinator, make_group, make_place


@dataclass
class Cast:
    group: WorkingGroup
    other_group: WorkingGroup
    coordinator: Person
    member: Person
    observer: Person
    outsider: Person
    secretary: Person
    sur: Organisation
    coalition: Organisation
    speaker: Person
    other_speaker: Person
    csw: AdvocacySpace
    csw_session: Occurrence
    statement: ParticipationMode
    closes: Step
    cescr: AdvocacySpace
    report: ParticipationMode

    def actor(self, role: str) -> Actor:
        db.session.flush()
        return actor_at(getattr(self, role).id, START)


def speaker_for(organisation: Organisation, name: str) -> Person:
    """Somebody of the network with the mandate of an organisation."""
    person = make_person(name)
    make_account(person)
    make_affiliation(person, organisation)
    make_role(person, Role.MANDATED, organisation.id)
    return person


@pytest.fixture
def cast(app: Flask, now: datetime) -> Cast:
    group, other_group = make_group("Land group", slug="land-group"), make_group("Water group", slug="water-group")
    coordinator, member, observer = (make_member(name) for name in ("Huda Example", "Fatou Exemple", "Rosa Ejemplo"))
    sur, coalition = make_organisation("Red Hábitat Sur"), make_organisation("Coalition X")
    make_coordinator(group, coordinator)
    make_place(group, member, sur)
    make_place(group, observer, standing=Place.OBSERVER)
    make_access(coalition, Standing.ECOSOC_SPECIAL)
    csw = make_space(
        "Commission on the Status of Women", slug="csw", acronym="CSW", kind=SpaceKind.COMMISSION,
        zone="America/New_York", place="New York",
    )  # fmt: skip
    session = make_occurrence(csw, date(2027, 3, 8), date(2027, 3, 19), number=71)
    statement = make_mode(csw, ModeCode.WRITTEN_STATEMENT, access=Access.ECOSOC, is_once_per_organisation=True)
    cescr = make_space("Committee on Economic, Social and Cultural Rights", slug="cescr", acronym="CESCR")
    cast = Cast(
        group=group,
        other_group=other_group,
        coordinator=coordinator,
        member=member,
        observer=observer,
        outsider=make_member("Outside Example"),
        secretary=make_secretary(),
        sur=sur,
        coalition=coalition,
        speaker=speaker_for(sur, "Lucía Ejemplo"),
        other_speaker=speaker_for(coalition, "Kofi Example"),
        csw=csw,
        csw_session=session,
        statement=statement,
        closes=make_step(session, date(2026, 12, 16), StepCode.WRITTEN_STATEMENT, mode_id=statement.id),
        cescr=cescr,
        report=make_mode(cescr, ModeCode.PARALLEL_REPORT),
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
