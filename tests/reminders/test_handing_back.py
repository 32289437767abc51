"""A word that somebody takes care of a deadline holds as long as they run the group, and can be handed back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from app.advocacy.models import StepCode
from app.core.errors import NotAllowed
from app.core.registries import actor_at
from app.extensions import db
from app.moments.models import Certainty
from app.people.models import Person, RoleGrant
from app.reminders.jobs import remind
from app.reminders.models import Care
from app.reminders.personal_data import erase_person
from app.reminders.queries import standings_of
from app.reminders.services import acknowledge_deadline, hand_back, let_go_of
from app.workinggroups.models import GroupCoordinator
from app.workinggroups.services import end_coordinator
from tests.journeys.reader import Reader
from tests.make.advocacy import make_step
from tests.make.engagements import make_engagement
from tests.make.people import make_member, make_secretary, sign_in
from tests.make.reminders import told
from tests.reminders.conftest import AT, CLOSES, Cast


def take(cast: Cast, person: Person) -> Care:
    return acknowledge_deadline(actor_at(person.id, AT), cast.step, cast.group, now=AT)


def is_taken(cast: Cast) -> bool:
    db.session.expire_all()
    [standing] = standings_of([cast.step])
    return standing.unit.is_taken


def unanswered() -> list[UUID]:
    return [notice.person_id for notice in told("reminders.unanswered")]


def test_whoever_took_care_hands_it_back_and_the_other_one_hears_of_it_at_once(cast: Cast):
    take(cast, cast.first)
    assert hand_back(actor_at(cast.first.id, AT), cast.step, cast.group, now=AT)
    assert not is_taken(cast)
    assert unanswered() == [cast.second.id]
    remind(CLOSES - timedelta(days=7))
    assert {notice.person_id for notice in told("reminders.deadline")} == {cast.first.id, cast.second.id}
    remind(CLOSES - timedelta(days=2))
    assert len(unanswered()) == 1
    assert not hand_back(actor_at(cast.first.id, AT), cast.step, cast.group, now=AT), "there is nothing left to give"


def test_a_word_that_a_colleague_hands_back_is_told_to_whose_it_was(cast: Cast):
    take(cast, cast.first)
    hand_back(actor_at(cast.second.id, AT), cast.step, cast.group, now=AT)
    assert unanswered() == [cast.first.id]


def test_it_is_taken_and_handed_back_again(cast: Cast):
    for hour in (0, 1):
        at = AT + timedelta(hours=hour)
        acknowledge_deadline(actor_at(cast.first.id, at), cast.step, cast.group, now=at)
        assert is_taken(cast)
        hand_back(actor_at(cast.first.id, at), cast.step, cast.group, now=at)
    assert unanswered() == [cast.second.id, cast.second.id]


def test_who_does_not_run_the_group_hands_nothing_back(cast: Cast):
    take(cast, cast.first)
    with pytest.raises(NotAllowed):
        hand_back(actor_at(make_member().id, AT), cast.step, cast.group, now=AT)
    assert is_taken(cast)


def test_the_only_one_who_runs_the_group_hands_back_and_the_secretariat_hears_when_it_is_near(app: Flask, cast: Cast):
    secretary = make_secretary()
    db.session.execute(
        sa.update(GroupCoordinator).where(GroupCoordinator.person_id == cast.second.id).values(ended_at=AT)
    )
    take(cast, cast.first)
    hand_back(actor_at(cast.first.id, AT), cast.step, cast.group, now=AT)
    remind(CLOSES - timedelta(days=3))
    assert unanswered() == []
    remind(CLOSES - timedelta(days=2))
    assert unanswered() == [secretary.id]


def test_who_stops_running_the_group_takes_care_of_nothing_any_more(cast: Cast):
    take(cast, cast.first)
    row = db.session.scalars(sa.select(GroupCoordinator).where(GroupCoordinator.person_id == cast.first.id)).one()
    end_coordinator(actor_at(cast.first.id, AT), cast.group, row, now=AT)
    assert not is_taken(cast)
    assert unanswered() == [cast.second.id]
    remind(CLOSES - timedelta(days=7))
    assert [notice.person_id for notice in told("reminders.deadline")] == [cast.second.id]


def test_who_is_erased_takes_care_of_nothing_any_more(cast: Cast):
    take(cast, cast.first)
    erase_person(cast.first.id, AT)
    assert not is_taken(cast)
    assert unanswered() == [cast.second.id]
    care = db.session.scalars(sa.select(Care)).one()
    assert (care.acknowledged_at, care.acknowledged_by) == (None, None)


def test_a_word_of_the_secretariat_holds_as_long_as_they_are_it(app: Flask, cast: Cast):
    secretary = make_secretary()
    take(cast, secretary)
    assert is_taken(cast)
    db.session.execute(sa.update(RoleGrant).where(RoleGrant.person_id == secretary.id).values(ended_at=AT))
    assert not is_taken(cast)
    remind(CLOSES - timedelta(days=7))
    assert [notice.person_id for notice in told("reminders.deadline")] == [cast.first.id]


def test_it_is_handed_back_where_it_was_taken(app: Flask, cast: Cast, clock):
    take(cast, cast.first)
    db.session.commit()
    clock.move_to(AT)
    page = Reader(sign_in(app.test_client(), cast.first))
    page.open(f"/advocacy/occurrences/{cast.step.occurrence_id}")
    assert "Huda Example takes care of it" in page.text
    page.send(action="/hand-back")
    assert "Handed back." in page.text
    assert "Nobody yet" in page.text
    assert not is_taken(cast)


def test_many_words_are_taken_back_with_as_many_questions_as_one(cast: Cast, count_queries):
    asked = []
    for number in (1, 6):
        for _time in range(number):
            step = make_step(cast.step.occurrence, CLOSES.date(), StepCode.REGISTRATION, certainty=Certainty.VERIFIED)
            make_engagement(cast.space, cast.group, made_by=cast.first.id, step=step, occurrence=step.occurrence)
            acknowledge_deadline(actor_at(cast.first.id, AT), step, cast.group, now=AT)
        db.session.expire_all()
        with count_queries() as queries:
            let_go_of(cast.first.id, None, now=AT)
        asked.append(sum(query.startswith("SELECT") for query in queries))
    assert asked[0] == asked[1]
    assert len(unanswered()) == 7


def test_to_and_fro_mails_others_so_many_times_within_an_hour_and_no_more(app: Flask, cast: Cast, clock):
    db.session.commit()
    clock.move_to(AT)
    page = Reader(sign_in(app.test_client(), cast.first))
    for number in range(11):
        clock.move_to(AT + timedelta(minutes=number))
        page.open(f"/advocacy/occurrences/{cast.step.occurrence_id}")
        page.send(action=f"/{cast.step.id}/{cast.group.slug}")
        page.open(f"/advocacy/occurrences/{cast.step.occurrence_id}")
        page.send(action="/hand-back")
    assert page.status == 422
    assert "You have done this many times within an hour." in page.text
    assert len(unanswered()) == 10
