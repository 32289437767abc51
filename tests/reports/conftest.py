"""Attendance for reports: four sessions, people of several regions, somebody who changed employer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest
from flask import Flask

from app.core.actors import Actor, ActorKind
from app.people.models import Gender, Organisation, Person
from app.sessions.models import LearningSession, Track
from tests.make.people import make_organisation, make_person, make_secretary
from tests.make.sessions import make_attendance, make_facilitator, make_session, make_track


@dataclass
class Series:
    """Two sessions of one track: Amina came to both for two unions of two regions, Rosa to the first, Njeri to the
    second for nobody, with a country of her own."""

    track: Track
    sessions: list[LearningSession]
    unions: list[Organisation]
    amina: Person
    rosa: Person
    njeri: Person


@pytest.fixture
def series(app: Flask) -> Series:
    track = make_track("Land rights", slug="land")
    days = (datetime(2026, 10, 3, 17), datetime(2026, 10, 10, 17))
    sessions = [
        make_session(track, f"Session about {word}", wall_start=day, number=place)
        for place, (word, day) in enumerate(zip(("land", "water"), days, strict=True), start=1)
    ]
    unions = [
        make_organisation("Union of tenants", region="LAC", country="AR"),
        make_organisation("Union of growers", region="SSA", country="CM"),
    ]
    amina = make_person("Amina", preferred_language="fr", gender=Gender.WOMAN)
    rosa = make_person("Rosa", preferred_language="es", gender=Gender.WOMAN)
    njeri = make_person("Njeri", country="KE", gender=None)
    make_attendance(sessions[0], amina, unions[0])
    make_attendance(sessions[1], amina, unions[1])
    make_attendance(sessions[0], rosa, unions[0])
    make_attendance(sessions[1], njeri)
    return Series(track, sessions, unions, amina, rosa, njeri)


@pytest.fixture
def secretary(app: Flask) -> Person:
    return make_secretary()


@pytest.fixture
def facilitator(series: Series) -> Person:
    person = make_person("Facilitator")
    make_facilitator(series.track, person)
    return person


def secretariat() -> Actor:
    return Actor(ActorKind.PERSON, keys=frozenset({"public", "network", "secretariat"}))
