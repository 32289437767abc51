"""What a session agreed on, with a day by which it is to be done, is reminded of as a task of its track."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from app.core import mails
from app.core.registries import Contact, actor_at, still_wanted
from app.moments.timing import Timing
from app.outcomes.models import OutcomeState
from app.outcomes.services import set_state
from app.people.models import Person, Role
from app.reminders.jobs import remind
from app.reminders.kinds import DAY, Kind, Scope, Whom
from app.reminders.policy import Place
from app.reminders.queries import list_coming
from app.reminders.services import Chosen, choose_plan
from app.tasks.services import take_up
from tests.make.outcomes import make_outcome
from tests.make.people import make_member, make_organisation, make_role
from tests.make.reminders import plan_all, planned, told
from tests.make.sessions import make_facilitator, make_membership, make_session
from tests.make.workinggroups import make_coordinator, make_group

NINE = datetime(2027, 3, 12, 9, tzinfo=UTC)
BY = Timing.days(date(2027, 3, 12))
READER = Contact("a@example.org", "en", "Amina")


@pytest.fixture
def leader(app: Flask) -> Person:
    return make_member("Jo")


@pytest.fixture
def session(leader: Person):
    session = make_session()
    make_facilitator(session.track, leader)
    return session


def test_whoever_leads_the_track_is_reminded_until_it_is_done(session, leader, now):
    outcome = make_outcome(session, by=BY)
    plan_all()
    assert [minutes for minutes, _at in planned(outcome.moment)] == [-7 * DAY, -DAY, DAY]
    remind(NINE - timedelta(days=7))
    [notice] = told("reminders.agreed")
    assert notice.person_id == leader.id
    words = mails.write(notice.kind, notice.parameters, READER)
    assert words.subject == "Due Friday 12 March 2027: agreed in Example track"
    assert "Measure the heat" in words.text
    assert still_wanted(notice.kind, notice, NINE)
    set_state(actor_at(leader.id, now), outcome, state=OutcomeState.DONE, now=now)
    assert not still_wanted(notice.kind, notice, NINE)
    remind(NINE - timedelta(days=1))
    assert planned(outcome.moment) == []
    assert told("reminders.agreed") == [notice]


def test_who_speaks_for_the_organisation_that_takes_it_on_is_reminded_if_they_take_part(session, leader, now):
    organisation, inside, outside = make_organisation(), make_member("In"), make_member("Out")
    for person in (inside, outside):
        make_role(person, Role.MANDATED, organisation_id=organisation.id)
    outcome = make_outcome(session, by=BY, organisation_id=organisation.id)
    plan_all()
    remind(NINE - timedelta(days=7))
    assert [notice.person_id for notice in told("reminders.agreed")] == [leader.id], "nobody of them takes part"
    make_membership(session.track, inside)
    remind(NINE - timedelta(days=1))
    assert told("reminders.agreed")[-1].person_id == inside.id
    assert outcome.moment.audience == f"track:{session.track_id}"


def test_once_a_group_has_taken_it_up_its_task_reminds_and_this_does_not(session, leader, now):
    outcome, group = make_outcome(session, by=BY), make_group()
    make_coordinator(group, leader)
    take_up(actor_at(leader.id, now), group, [outcome], now=now)
    plan_all()
    remind(NINE - timedelta(days=7))
    assert [notice.kind for notice in told()] == ["reminders.task"]


def test_a_track_has_a_plan_of_its_own_for_it(session, leader, now):
    outcome, actor = make_outcome(session, by=BY), actor_at(leader.id, now)
    chosen = Chosen(frozenset({-2 * DAY}), frozenset({Whom.COORDINATORS}))
    choose_plan(actor, Place(Scope.TRACK, session.track), Kind.TASK, chosen, now=now)
    plan_all()
    assert [minutes for minutes, _at in planned(outcome.moment)] == [-2 * DAY]
    [coming] = list_coming(actor, Kind.TASK, session.track_id, now=now, most=4)
    assert coming.thing.row is outcome
