"""Two who answer in the same instant, and a reminder that leaves just then: one word, and none is lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.advocacy.models import Step
from app.core.audit import AuditLine
from app.core.registries import actor_at
from app.extensions import db
from app.reminders import jobs, services
from app.reminders.models import Care, Mark, PlannedReminder
from app.reminders.services import acknowledge_deadline, caring, hand_back, list_marked, mark, plan_marked, planning
from app.reminders.things import find_thing
from app.reminders.things.cares import units_of_steps
from app.workinggroups.models import WorkingGroup
from tests.make.reminders import told
from tests.people.test_races import at_once
from tests.reminders.conftest import AT, CLOSES, Cast, make_cast


def recorded(act: str) -> int:
    wanted = sa.select(sa.func.count()).select_from(AuditLine)
    return db.session.scalar(wanted.where(AuditLine.code == f"reminders.deadline.{act}")) or 0


@pytest.fixture
def held(own_app):
    with own_app.app_context():
        cast = make_cast()
        found = {"step": cast.step.id, "group": cast.group.id, "people": [cast.first.id, cast.second.id]}
        found["moment"] = cast.step.moment_id
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


def all_list_first(monkeypatch: pytest.MonkeyPatch, question: str, workers: int) -> None:
    """Let several workers find the same rows before any of them begins."""
    listed: Callable[[datetime], list[UUID]] = getattr(services, question)
    barrier = Barrier(workers)

    def listing(now: datetime) -> list[UUID]:
        found = listed(now)
        db.session.commit()
        barrier.wait(timeout=60)
        return found

    monkeypatch.setattr(services, question, listing)


def remind_in_turn(number: int, at: datetime) -> Callable[[], int]:
    return lambda: jobs.remind(at + timedelta(seconds=number))


def test_a_reminder_that_three_workers_find_is_sent_and_counted_once(own_app, held, monkeypatch):
    all_list_first(monkeypatch, "list_due", 3)
    at = CLOSES - timedelta(days=7)
    done = at_once(own_app, *[remind_in_turn(number, at) for number in range(3)])
    assert sum(done) == 2  # that of a month before is overtaken, and tells nobody
    with own_app.app_context():
        assert db.session.scalars(sa.select(Care.reminded)).all() == [1]
        assert [notice.person_id for notice in told("reminders.deadline")] == [held["people"][0]]


def test_a_deadline_that_three_workers_find_unanswered_is_passed_on_once(own_app, held, monkeypatch):
    with own_app.app_context():
        jobs.remind(CLOSES - timedelta(days=7))
        at = db.session.scalars(sa.select(Care.escalates_at)).one()
    assert at is not None
    all_list_first(monkeypatch, "list_unanswered", 3)
    at_once(own_app, *[remind_in_turn(number, at) for number in range(3)])
    with own_app.app_context():
        assert [notice.person_id for notice in told("reminders.unanswered")] == [held["people"][1]]


def test_those_who_plan_the_same_date_at_once_take_turns(own_app, held, monkeypatch):
    """Each looks at what is planned before it plans: where both looked first, one of them would fail."""
    plan, before = planning.plan, AT - timedelta(days=30)

    def planning_slowly(*asked: Any) -> Any:
        time.sleep(0.2)
        return plan(*asked)

    def planned() -> list[tuple[int, int]]:
        columns = PlannedReminder.minutes, PlannedReminder.arming
        found = sa.select(*columns).where(PlannedReminder.moment_id == held["moment"]).order_by(*columns)
        return [(minutes, arming) for minutes, arming in db.session.execute(found)]

    with own_app.app_context():
        usual = planned()
        db.session.execute(sa.delete(PlannedReminder))
        mark([held["moment"]], now=before)
        db.session.commit()
    monkeypatch.setattr(planning, "plan", planning_slowly)
    works = (lambda: plan_marked([held["moment"]], now=before), lambda: jobs.look_again(before))
    at_once(own_app, *works, *works)
    with own_app.app_context():
        assert (len(usual), planned()) == (3, usual)
        assert db.session.scalars(sa.select(Mark)).all() == []


def test_a_change_that_comes_while_its_date_is_planned_is_planned_anew(cast: Cast, monkeypatch):
    replan, moment_ids = planning.replan, [cast.step.moment_id]

    def meanwhile(*asked: Any, **more: Any) -> None:
        replan(*asked, **more)
        mark(moment_ids, now=AT)

    mark(moment_ids, now=AT)
    monkeypatch.setattr(planning, "replan", meanwhile)
    plan_marked(moment_ids, now=AT)
    assert list_marked(AT) == moment_ids
