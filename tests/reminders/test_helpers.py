"""Who has no e-mail is reminded through whoever helps them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from app.core.actors import job
from app.core.registries import actor_at, still_wanted
from app.extensions import db
from app.moments.services import change_moment
from app.moments.timing import Timing
from app.people.models import Assistance, Person
from app.reminders.jobs import remind
from app.reminders.kinds import DAY, Kind, Scope, Whom
from app.reminders.policy import Place
from app.reminders.services import Chosen, choose_plan
from app.sessions.services import say_coming
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.acts import links_in, words_of_notice
from tests.make.outbox import hand_over
from tests.make.people import make_assistance, make_member, make_person
from tests.make.reminders import plan_all, told
from tests.make.sessions import make_membership, make_session
from tests.make.tasks import make_task
from tests.make.workinggroups import make_coordinator, make_group, make_meeting, make_place

BEGINS = datetime(2027, 2, 13, 14, tzinfo=UTC)
DAY_BEFORE = BEGINS - timedelta(days=1)


@pytest.fixture
def rosa(app: Flask) -> Person:
    """She has no account."""
    return make_person("Rosa Ejemplo")


@pytest.fixture
def helper(rosa: Person) -> Person:
    helper = make_member("Salma Example", zone="Africa/Dakar", preferred_language="en")
    make_assistance(rosa, helper)
    return helper


def remind_of(now: datetime) -> None:
    plan_all()
    remind(now)
    db.session.commit()


@pytest.mark.parametrize("kind", ["session", "meeting"])
def test_a_helper_is_reminded_for_whom_they_help_and_answers_for_them(
    app: Flask, rosa: Person, helper: Person, clock, kind: str
):
    if kind == "meeting":
        group = make_group("Tenure group")
        make_place(group, rosa)
        make_meeting(group, "Who holds the land?")
    else:
        make_membership(make_session(name="Who holds the land?").track, rosa)
    clock.move_to(DAY_BEFORE)
    remind_of(DAY_BEFORE)
    [notice] = told("reminders.gathering", helper)
    assert still_wanted(notice.kind, notice, DAY_BEFORE)
    words = words_of_notice("reminders.gathering", helper)
    assert words.subject == "For Rosa Ejemplo: Tomorrow 14:00 in Dakar: Who holds the land?"
    assert "Rosa Ejemplo has no e-mail and you help them" in words.text
    phone = Reader(app.test_client())
    phone.open(f"{links_in(words.text)[0]}?lang=en")
    phone.send(has="submission_id")
    assert "You come to “Who holds the land?”." in phone.text
    assert "Rosa Ejemplo" in phone.text


def test_who_takes_part_and_helps_others_is_told_for_all_in_one_mail(app: Flask, rosa: Person, helper: Person, clock):
    session, ana = make_session(), make_person("Ana Ejemplo")
    make_assistance(ana, helper)
    for person in (rosa, ana, helper):
        make_membership(session.track, person)
    clock.move_to(DAY_BEFORE)
    remind_of(DAY_BEFORE)
    [notice] = told("reminders.gathering", helper)
    assert still_wanted(notice.kind, notice, DAY_BEFORE)
    words = words_of_notice("reminders.gathering", helper)
    assert not words.subject.startswith("For ")
    assert all(f"{name} has no e-mail and you help them" in words.text for name in ("Rosa Ejemplo", "Ana Ejemplo"))
    links = links_in(words.text)
    assert len(links) == 6
    phone = Reader(app.test_client())
    phone.open(f"{links[0]}?lang=en")
    assert "answers for" not in phone.text
    for link in (links[2], links[4]):
        phone.open(f"{link}?lang=en")
        assert "Salma Example answers for" in phone.text


def test_who_cannot_come_is_still_told_for_whom_they_help(rosa: Person, helper: Person, clock):
    session = make_session()
    for person in (rosa, helper):
        make_membership(session.track, person)
    clock.move_to(DAY_BEFORE)
    remind_of(DAY_BEFORE)
    [notice] = told("reminders.gathering", helper)
    for person in (helper, rosa):
        assert still_wanted(notice.kind, notice, DAY_BEFORE)
        say_coming(actor_at(person.id, DAY_BEFORE), session, comes=False, now=DAY_BEFORE)
        if person is helper:
            words = words_of_notice("reminders.gathering", helper)
            assert words.subject.startswith("For Rosa Ejemplo: ")
            assert len(links_in(words.text)) == 2
    assert not still_wanted(notice.kind, notice, DAY_BEFORE)


def test_who_helps_no_more_is_not_told(rosa: Person, helper: Person):
    make_membership(make_session().track, rosa)
    remind_of(DAY_BEFORE)
    [notice] = told("reminders.gathering", helper)
    db.session.execute(db.update(Assistance).values(ended_at=DAY_BEFORE))
    assert not still_wanted(notice.kind, notice, DAY_BEFORE)


def test_a_task_of_somebody_without_e_mail_is_told_to_a_helper_outside_of_the_group(rosa: Person, helper: Person):
    group = make_group("Tenure group")
    make_place(group, rosa)
    make_task(group, owner=rosa, by=Timing.days(BEGINS.date(), zone="Africa/Nairobi"))
    remind_of(datetime(2027, 2, 12, 15, tzinfo=UTC))
    [notice] = told("reminders.task", helper)
    assert notice.parameters["for"] == str(rosa.id)


def test_who_helps_no_more_is_not_told_that_the_day_of_a_task_moved(rosa: Person, helper: Person):
    group = make_group("Tenure group")
    make_place(group, rosa)
    task = make_task(group, owner=rosa, by=Timing.days(BEGINS.date(), zone="Africa/Nairobi"))
    now = datetime(2027, 2, 12, 15, tzinfo=UTC)
    remind_of(now)
    for notice in told("reminders.task", helper):
        hand_over(notice, at=now)
    change_moment(job("test"), task.moment, timing=Timing.days(date(2027, 2, 20), zone="Africa/Nairobi"), now=now)
    [moved] = told("reminders.day_changed", helper)
    assert still_wanted(moved.kind, moved, now)
    db.session.execute(db.update(Assistance).values(ended_at=now))
    assert not still_wanted(moved.kind, moved, now)


def test_whoever_runs_the_group_is_told_of_a_task_of_another_in_their_own_name(rosa: Person, helper: Person):
    group, mona = make_group("Tenure group"), make_member("Mona Example", preferred_language="en")
    make_place(group, rosa)
    make_coordinator(group, mona)
    chosen = Chosen(frozenset({-DAY}), frozenset({Whom.COORDINATORS}))
    choose_plan(actor_at(mona.id, START), Place(Scope.GROUP, group), Kind.TASK, chosen, now=START)
    make_task(group, owner=rosa, by=Timing.days(BEGINS.date(), zone="Africa/Nairobi"))
    remind_of(datetime(2027, 2, 12, 15, tzinfo=UTC))
    assert words_of_notice("reminders.task", mona).subject.startswith("Due ")
