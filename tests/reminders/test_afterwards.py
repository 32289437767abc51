"""What is told once something is over: to those for whom there is something left to do, and to nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.core import mails
from app.core.actors import job
from app.core.registries import Contact, actor_at, still_wanted
from app.engagements.models import EngagementState
from app.extensions import db
from app.moments.models import Status
from app.moments.services import change_moment
from app.people.models import Person
from app.reminders.jobs import remind
from app.reminders.kinds import DAY, Kind, Scope, Whom
from app.reminders.policy import Place
from app.reminders.services import Chosen, choose_plan
from app.sessions.models import LearningSession
from app.sessions.services import say_coming
from tests.make.people import make_member, make_secretary
from tests.make.reflections import make_reflection
from tests.make.reminders import plan_all, planned, told
from tests.make.sessions import make_attendance, make_facilitator, make_membership, make_session
from tests.make.workinggroups import make_coordinator, make_group, make_meeting, make_place
from tests.reminders.conftest import CLOSES, Cast

HOUSE = Place(Scope.HOUSE)
ENDS = datetime(2027, 2, 13, 16, tzinfo=UTC)
DAY_AFTER = ENDS + timedelta(days=1)
READER = Contact("a@example.org", "en", "Amina")


def choose(kind: Kind, *after: tuple[int, Whom], now: datetime) -> None:
    secretary = actor_at(make_secretary().id, now)
    choose_plan(secretary, HOUSE, kind, Chosen(frozenset(), frozenset(), frozenset(after)), now=now)


def who_is_told(now: datetime) -> set[str]:
    remind(now)
    notices = told("reminders.held")
    assert all(still_wanted(notice.kind, notice, now) for notice in notices)
    return {db.session.get_one(Person, notice.person_id).name for notice in notices}


@pytest.fixture
def session(app: Flask, now: datetime) -> LearningSession:
    """Until 16:00 UTC; Jo leads, Amina and Bela take part, Cleo said that she cannot come."""
    session = make_session()
    make_facilitator(session.track, make_member("Jo"))
    for name in ("Amina", "Bela", "Cleo"):
        person = make_member(name)
        make_membership(session.track, person)
        if name == "Cleo":
            say_coming(actor_at(person.id, now), session, comes=False, now=now)
    return session


def find(name: str) -> Person:
    return db.session.scalars(db.select(Person).where(Person.name == name)).one()


def test_by_itself_the_house_reminds_of_nothing_afterwards(session, now):
    plan_all()
    assert [minutes for minutes, _at in planned(session.moment) if minutes > 0] == []


def test_whoever_leads_is_reminded_of_a_sheet_that_is_still_empty(session, now):
    choose(Kind.SESSION, (DAY, Whom.FACILITATORS), now=now)
    plan_all()
    assert planned(session.moment) == [(DAY, DAY_AFTER)]
    assert remind(DAY_AFTER - timedelta(minutes=1)) == 0
    assert who_is_told(DAY_AFTER) == {"Jo"}
    [notice] = told("reminders.held")
    words = mails.write(notice.kind, notice.parameters, READER)
    assert words.subject == "Who was there? Example session"
    assert f"/sessions/{session.id}/attendance" in words.text


def test_a_sheet_that_was_filled_asks_nobody_and_one_filled_meanwhile_neither(session, now):
    choose(Kind.SESSION, (DAY, Whom.FACILITATORS), (3 * DAY, Whom.FACILITATORS), now=now)
    plan_all()
    remind(DAY_AFTER)
    [notice] = told("reminders.held")
    make_attendance(session, find("Amina"))
    assert not still_wanted(notice.kind, notice, DAY_AFTER)
    remind(DAY_AFTER + timedelta(days=2))
    assert told("reminders.held") == [notice]


def test_whoever_took_part_is_asked_for_a_reflection_until_they_have_written_one(session, now):
    choose(Kind.SESSION, (DAY, Whom.PARTICIPANTS), now=now)
    plan_all()
    make_reflection(session.track, author=find("Bela"), session_id=session.id)
    assert who_is_told(DAY_AFTER) == {"Amina"}, "Bela has written, Cleo could not come, Jo leads"
    [notice] = told("reminders.held")
    words = mails.write(notice.kind, notice.parameters, READER)
    assert words.subject == "What do you take with you? Example session"


def test_once_somebody_is_marked_those_who_were_there_alone_are_asked(session, now):
    choose(Kind.SESSION, (DAY, Whom.PARTICIPANTS), now=now)
    plan_all()
    make_attendance(session, find("Cleo"))
    assert who_is_told(DAY_AFTER) == {"Cleo"}


@pytest.mark.parametrize(("status", "names"), [(Status.HELD, {"Jo"}), (Status.CANCELLED, set())])
def test_what_was_held_is_followed_up_and_what_was_cancelled_is_not(session, now, status, names):
    choose(Kind.SESSION, (DAY, Whom.FACILITATORS), now=now)
    plan_all()
    change_moment(job("test"), session.moment, status=status, now=ENDS)
    assert who_is_told(DAY_AFTER) == names


def test_a_session_that_moves_is_followed_up_at_its_new_end_and_once(session, now):
    choose(Kind.SESSION, (DAY, Whom.FACILITATORS), now=now)
    plan_all()
    later = session.moment.wall_start + timedelta(hours=1)
    from app.moments.timing import Timing

    timing = Timing.minutes(later, later + timedelta(hours=2), "Africa/Nairobi")
    change_moment(job("test"), session.moment, timing=timing, now=now)
    assert who_is_told(DAY_AFTER) == set()
    assert who_is_told(DAY_AFTER + timedelta(hours=1)) == {"Jo"}
    remind(DAY_AFTER + timedelta(hours=2))
    assert len(told("reminders.held")) == 1


def test_whoever_runs_a_group_is_reminded_of_who_was_at_its_meeting(app, now):
    group, member, mona = make_group(), make_member("Amina"), make_member("Mona")
    make_place(group, member)
    make_coordinator(group, mona)
    meeting = make_meeting(group)
    choose(Kind.MEETING, (DAY, Whom.COORDINATORS), now=now)
    plan_all()
    assert who_is_told(meeting.moment.until + timedelta(days=1)) == {"Mona"}


@pytest.mark.parametrize(("state", "count"), [(EngagementState.PLANNED, 1), (EngagementState.GIVEN_UP, 0)])
def test_one_person_is_asked_whether_it_was_handed_in(cast: Cast, now, state, count):
    cast.engagement.state = state
    choose(Kind.REGISTRATION, (DAY, Whom.RESPONSIBLE), now=now)
    plan_all()
    day_after = CLOSES + timedelta(days=1)
    remind(day_after)
    notices = told("reminders.closed")
    assert [notice.person_id for notice in notices] == [cast.first.id][:count]
    for notice in notices:
        assert still_wanted(notice.kind, notice, day_after)
        words = mails.write(notice.kind, notice.parameters, READER)
        assert words.subject.startswith("Was it handed in? ")
        assert f"/advocacy/engagements/{cast.engagement.id}" in words.text
