"""Two who answer in the same instant, and a reminder that leaves just then: one word, and none is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.advocacy.models import Step
from app.core.audit import AuditLine
from app.core.registries import actor_at
from app.extensions import db
from app.reminders.models import Care
from app.reminders.services import acknowledge_deadline, caring, hand_back
from app.reminders.things import find_thing
from app.reminders.things.cares import units_of_steps
from app.workinggroups.models import WorkingGroup
from tests.people.test_races import at_once
from tests.reminders.conftest import AT, Cast, make_cast


def recorded(act: str) -> int:
    wanted = sa.select(sa.func.count()).select_from(AuditLine)
    return db.session.scalar(wanted.where(AuditLine.code == f"reminders.deadline.{act}")) or 0


@pytest.fixture
def held(own_app):
    with own_app.app_context():
        cast = make_cast()
        found = {"step": cast.step.id, "group": cast.group.id, "people": [cast.first.id, cast.second.id]}
        db.session.commit()
        yield found


def test_of_two_who_take_care_at_once_and_hand_back_at_once_one_is_written_down(own_app, held: dict[str, Any]):
    def act(service: Any, person_id: UUID) -> Any:
        step, group = db.session.get_one(Step, held["step"]), db.session.get_one(WorkingGroup, held["group"])
        return service(actor_at(person_id, AT), step, group, now=AT) is not None

    for service in (acknowledge_deadline, hand_back):
        works = [lambda person=person, service=service: act(service, person) for person in held["people"] * 2]
        assert at_once(own_app, *works) == [True] * 4
    with own_app.app_context():
        assert (recorded("acknowledged"), recorded("handed_back")) == (1, 1)


def test_a_word_that_is_given_while_a_reminder_leaves_stays(cast: Cast, monkeypatch):
    [seen] = units_of_steps([cast.step])[cast.step.id]
    care = acknowledge_deadline(actor_at(cast.second.id, AT), cast.step, cast.group, now=AT)
    monkeypatch.setattr(caring, "units_of_steps", lambda _steps: {cast.step.id: [seen]})
    thing = find_thing(cast.step.moment_id)
    caring.count_reminder(thing, {cast.first.id}, now=AT + timedelta(seconds=1))
    db.session.expire_all()
    assert (care.acknowledged_by, care.reminded) == (cast.second.id, 0)
    monkeypatch.undo()
    [now] = units_of_steps([cast.step])[cast.step.id]
    assert now.is_taken
    assert db.session.scalars(sa.select(Care)).all() == [care]


def test_who_looked_before_another_one_answered_writes_nothing(cast: Cast, monkeypatch):
    [seen] = units_of_steps([cast.step])[cast.step.id]
    acknowledge_deadline(actor_at(cast.second.id, AT), cast.step, cast.group, now=AT)
    monkeypatch.setattr(caring, "units_of_steps", lambda _steps: {cast.step.id: [seen]})
    care = acknowledge_deadline(actor_at(cast.first.id, AT), cast.step, cast.group, now=AT)
    assert care.acknowledged_by == cast.second.id
    assert recorded("acknowledged") == 1
