"""What the house holds about a person in histories of time: taken along, moved, erased."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from flask import Flask

from app.core import registries
from app.core.actors import Actor, ActorKind
from app.extensions import db
from app.moments.models import MomentChange
from app.moments.personal_data import erase_person, export_person, merge_person
from app.moments.services import change_moment
from tests.make.moments import hours, make_moment
from tests.make.people import make_person

NJERI, OTHER = uuid4(), uuid4()


@pytest.fixture
def change(app: Flask, now: datetime) -> MomentChange:
    """Njeri moved a session by a week and said why."""
    timing = hours("2027-02-20 17:00", "2027-02-20 19:00")
    made = change_moment(
        Actor(ActorKind.PERSON, NJERI), make_moment(), timing=timing, reason="My daughter marries.", now=now
    )
    assert made is not None
    return made


def test_a_person_takes_their_changes_along(change: MomentChange) -> None:
    (taken,) = export_person(NJERI)["changes_of_time"]
    assert taken["reason"] == "My daughter marries."
    assert taken["new"]["wall_start"] == "2027-02-20T17:00:00"
    assert export_person(OTHER) == {"changes_of_time": []}


def test_merged_persons_sign_with_one_name(change: MomentChange, now: datetime) -> None:
    merge_person(OTHER, NJERI, now)
    db.session.expire_all()
    assert change.actor_id == OTHER


def test_an_erased_person_leaves_the_dates_and_no_name_or_word(change: MomentChange, now: datetime) -> None:
    erase_person(NJERI, now)
    db.session.expire_all()
    assert (change.actor_id, change.reason) == (None, "")
    assert change.new["wall_start"] == "2027-02-20T17:00:00"


def test_the_house_asks_moments_when_it_asks_everybody(app: Flask, change: MomentChange) -> None:
    change.actor_id = make_person().id
    assert registries.export_person(change.actor_id)["moments"]["changes_of_time"]
