"""A place chooses its own plan: two at once, many dates at once, and which of them a plan is for."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.advocacy.models import StepCode
from app.core.registries import actor_at
from app.extensions import db
from app.reminders.kinds import DAY, Kind, Scope, Whom
from app.reminders.models import Mark, OwnPlan
from app.reminders.policy import Place
from app.reminders.queries import list_coming
from app.reminders.services import Chosen, choose_plan, choosing
from tests.make.advocacy import make_occurrence, make_space, make_step
from tests.make.people import make_secretary
from tests.make.sessions import make_session, make_track

HOUSE = Place(Scope.HOUSE)


@pytest.fixture
def secretary(app: Flask, now: datetime):
    return actor_at(make_secretary().id, now)


def test_of_two_who_choose_at_once_the_last_word_counts(secretary, now, monkeypatch):
    """Neither found a plan when they looked."""
    choose_plan(secretary, HOUSE, Kind.SESSION, _once(-DAY), now=now)
    monkeypatch.setattr(choosing, "find_own_plan", lambda *_place: None)
    choose_plan(secretary, HOUSE, Kind.SESSION, _once(-2 * DAY), now=now)
    [plan] = db.session.scalars(sa.select(OwnPlan))
    assert [rule.minutes for rule in plan.rules] == [-2 * DAY]


def _once(minutes: int) -> Chosen:
    return Chosen(frozenset({minutes}), frozenset({Whom.PARTICIPANTS}))


def test_a_plan_of_the_house_marks_every_coming_date_in_one_statement(secretary, now, count_queries):
    track = make_track()
    coming = [make_session(track, wall_start=datetime(2027, 3, day, 17)) for day in range(1, 8)]
    make_session(track, wall_start=datetime(2026, 3, 1, 17))
    db.session.execute(sa.delete(Mark))
    with count_queries() as statements:
        choose_plan(secretary, HOUSE, Kind.SESSION, _once(-DAY), now=now)
    assert len([words for words in statements if words.startswith("INSERT INTO reminder_mark")]) == 1
    marked = list(db.session.scalars(sa.select(Mark)))
    assert {mark.moment_id for mark in marked} == {session.moment.id for session in coming}
    assert {mark.marked_at for mark in marked} == {now}


def test_many_nearer_dates_of_another_plan_hide_none(secretary, now):
    """Sixty registrations come before the one report: its reminder is still shown as sent next."""
    occurrence = make_occurrence(make_space())
    for number in range(60):
        make_step(occurrence, date(2027, 1, 1) + timedelta(days=number), StepCode.REGISTRATION)
    report = make_step(occurrence, date(2027, 12, 1), StepCode.PARALLEL_REPORT)
    [coming, *_more] = list_coming(secretary, Kind.TEXT, occurrence.space_id, now=now, most=4)
    assert coming.thing.row is report
