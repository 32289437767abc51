"""Who takes part in the tests of texts: one statement to a commission, written by a group, led by an organisation with
special status and co-signed by another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask import Flask

from app.advocacy.models import Access, ModeCode, Occurrence, ParticipationMode, Standing
from app.core.actors import Actor
from app.core.registries import actor_at
from app.engagements.models import Engagement, Signatory
from app.extensions import db
from app.people.models import Organisation, Person, Role
from app.workinggroups.models import WorkingGroup
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.advocacy import make_access, make_limit, make_mode, make_occurrence, make_space, make_step
from tests.make.engagements import make_engagement, make_signatory
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

LONG = "word " * 1440
SHORT = "Housing is a right. " * 20


@dataclass
class Cast:
    """`fatou` is a member of the group, `samira` runs it. `leila` speaks for the leading organisation, `omar` for the
    one that co-signs; neither is in the group."""

    group: WorkingGroup
    mode: ParticipationMode
    occurrence: Occurrence
    engagement: Engagement
    lead: Signatory
    other: Signatory
    coalition: Organisation
    red: Organisation
    fatou: Person
    samira: Person
    leila: Person
    omar: Person
    secretary: Person
    outsider: Person


def make_cast() -> Cast:
    group = make_group("Land group", slug="land-group")
    fatou, samira = make_member("Fatou Exemple", languages=("fr",)), make_member("Samira Example")
    make_place(group, fatou)
    make_coordinator(group, samira)
    coalition, red = make_organisation("Coalition X"), make_organisation("Red Hábitat Sur", language="es")
    space = make_space("Commission on the Status of Women", place="New York", zone="America/New_York")
    mode = make_mode(space, ModeCode.WRITTEN_STATEMENT, access=Access.ECOSOC, languages=["en", "fr", "es", "ar"])
    make_limit(mode, 2000, status="ecosoc_general", cover_words=100)
    make_limit(mode, 1500, status="ecosoc_special", cover_words=100, position=1)
    make_access(coalition, Standing.ECOSOC_SPECIAL)
    occurrence = make_occurrence(space)
    step = make_step(occurrence, date(2026, 12, 11))
    engagement = make_engagement(space, group, mode=mode, occurrence=occurrence, step=step)
    lead = make_signatory(engagement, coalition, is_lead=True)
    other = make_signatory(engagement, red)
    return Cast(
        group, mode, occurrence, engagement, lead, other, coalition, red, fatou, samira,
        _speaker("Leila Example", coalition), _speaker("Omar Example", red), make_secretary(), make_member("Jo"),
    )  # fmt: skip


def _speaker(name: str, organisation: Organisation) -> Person:
    person = make_person(name, languages=("es",))
    make_account(person)
    make_role(person, Role.MANDATED, organisation.id)
    return person


def act(person: Person, at: datetime = START) -> Actor:
    """The person as an actor, with the keys of an instant."""
    db.session.flush()
    return actor_at(person.id, at)


def browse(app: Flask, person: Person, language: str = "en") -> Reader:
    """A browser of their own, signed in."""
    db.session.commit()
    reader = Reader(sign_in(app.test_client(), person))
    reader.open(f"/about?lang={language}")
    return reader
