"""New rules of clocks: told once, in time, and not again by "your hour changes"."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import mails
from app.core.actors import job
from app.core.notices import Notice
from app.core.registries import actor_at, contacts, still_wanted
from app.events.services import change_event
from app.extensions import db
from app.moments.models import Moment
from app.moments.zone_data import recompute
from app.people.models import Assistance, Person
from app.reminders.jobs import remind
from app.sessions import jobs, telling
from app.sessions.models import Gathering
from tests.conftest import START
from tests.make.moments import hours
from tests.make.people import make_assistance, make_member, make_person
from tests.make.reminders import plan_all, told
from tests.make.sessions import make_facilitator, make_membership, make_session, make_track
from tests.make.workinggroups import make_group, make_meeting, make_place
from tests.reminders.test_events import BEGINS, cast, forum, write
from tests.reminders.test_telling_moved import take_people

HOUSE = job("moments.recompute")
NEW_RULES = datetime(2027, 3, 29, 9, tzinfo=UTC)


@pytest.fixture
def away(app: Flask) -> Person:
    """On Lord Howe, whose clocks go back by half an hour on 4 April."""
    return make_member("Away Example", zone="Australia/Lord_Howe")


def series(kind: str, person: Person, *days: datetime, was_later: timedelta = timedelta(hours=1)) -> list[Gathering]:
    """Gatherings in Zurich, of which those from 28 March on stand at the hours of a year without summer time."""
    group, track = make_group("Tenure group"), make_track("Land rights")
    make_place(group, person)
    make_membership(track, person)
    rows: list[Gathering] = []
    for day in days:
        if kind == "meeting":
            timing = hours(f"{day:%Y-%m-%d} 18:00", f"{day:%Y-%m-%d} 20:00", "Europe/Zurich")
            rows.append(make_meeting(group, timing=timing))
        else:
            rows.append(make_session(track, wall_start=day, zone="Europe/Zurich"))
    for row in rows:
        if row.moment.starts_at > NEW_RULES:
            row.moment.starts_at += was_later
            row.moment.until += was_later
    db.session.commit()
    return rows


BEFORE, AFTER = datetime(2027, 3, 27, 18), datetime(2027, 4, 10, 18)
"""16:00 UTC after, and 17:00 UTC as it stood before the new rules, as it was before."""


def told_of_hours() -> list[Notice]:
    return list(db.session.scalars(sa.select(Notice).where(Notice.kind == telling.hours.CHANGED)))


@pytest.mark.parametrize("kind", ["session", "meeting"])
def test_who_was_told_of_new_clocks_is_not_told_of_the_hour_too(away: Person, kind: str):
    series(kind, away, BEFORE, AFTER)
    recompute(HOUSE, now=NEW_RULES, apply=True)
    db.session.commit()
    assert jobs.tell_hour_changes(datetime(2027, 4, 5, 9, tzinfo=UTC)) == 1
    assert [notice.person_id for notice in told("reminders.clocks_changed")] == [away.id]
    assert told_of_hours() == []


@pytest.mark.parametrize("kind", ["session", "meeting"])
def test_a_mail_about_the_hour_that_waits_when_the_clocks_change_does_not_leave(away: Person, kind: str):
    series(kind, away, BEFORE, AFTER)
    at = datetime(2027, 4, 5, 9, tzinfo=UTC)
    jobs.tell_hour_changes(at)
    [notice] = told_of_hours()
    assert still_wanted(notice.kind, notice, at)
    recompute(HOUSE, now=at, apply=True)
    assert not still_wanted(notice.kind, notice, at)
    assert len(told("reminders.clocks_changed")) == 1


def test_what_the_clocks_moved_from_an_hour_that_is_past_waits_for_its_new_one(away: Person):
    """By the old rules it began at 15:00 UTC, by the new ones it begins in half an hour."""
    series("session", away, AFTER, was_later=-timedelta(hours=1))
    recompute(HOUSE, now=datetime(2027, 4, 10, 15, 30, tzinfo=UTC), apply=True)
    [notice] = told("reminders.clocks_changed")
    assert notice.happens_at == datetime(2027, 4, 10, 16, tzinfo=UTC)


def test_of_many_that_moved_the_soonest_says_by_when_it_must_be_known(away: Person):
    series("session", away, *(AFTER + timedelta(days=days) for days in range(6)))
    recompute(HOUSE, now=NEW_RULES, apply=True)
    [notice] = told("reminders.clocks_changed")
    assert notice.happens_at == datetime(2027, 4, 10, 16, tzinfo=UTC)


def by_old_rules(moment: Moment) -> None:
    """Let a moment stand an hour earlier, as other rules of clocks had it."""
    moment.starts_at -= timedelta(hours=1)
    moment.until -= timedelta(hours=1)
    db.session.commit()


def read_by(person: Person) -> mails.Words:
    [notice] = told("reminders.clocks_changed", person)
    words = mails.write(notice.kind, notice.parameters, contacts([person.id])[person.id])
    assert words is not None
    return words


def test_of_an_event_those_hear_who_were_reminded_of_it_at_another_hour(app: Flask):
    group, mona, fatou = cast()
    event = write(group, mona)
    by_old_rules(event.moment)
    recompute(HOUSE, now=START, apply=True)
    assert told("reminders.clocks_changed") == [], "nobody has heard of an hour that is wrong now"
    by_old_rules(event.moment)
    plan_all()
    at = BEGINS - timedelta(days=1, hours=1)
    remind(at)
    assert {notice.person_id for notice in told("reminders.event")} == {mona.id, fatou.id}
    recompute(HOUSE, now=at, apply=True)
    [notice] = told("reminders.clocks_changed")
    assert (notice.person_id, still_wanted(notice.kind, notice, at)) == (fatou.id, True)
    assert "A forum of others: not at 11:00, but Saturday 5 December 2026, 12:00" in read_by(fatou).text


def test_a_reminder_that_waits_when_the_clocks_change_is_sent_and_where_somebody_moves_the_date_is_not(app: Flask):
    group, mona, _fatou = cast()
    event = write(group, mona)
    by_old_rules(event.moment)
    plan_all()
    at = BEGINS - timedelta(days=1, hours=1)
    remind(at)
    [notice] = told("reminders.event", mona)
    recompute(HOUSE, now=at, apply=True)
    assert still_wanted(notice.kind, notice, at)
    change_event(actor_at(mona.id, at), event, forum(12), now=at)
    assert not still_wanted(notice.kind, notice, at)


def test_of_the_time_in_which_one_can_join_the_end_counts(app: Flask, away: Person):
    track = make_track("Land rights")
    make_facilitator(track, away)
    there = make_member("There Example")
    make_facilitator(track, there)
    take_people(track, there, date(2026, 12, 18))
    [moment] = db.session.scalars(sa.select(Moment).where(Moment.subject_kind == "intake"))
    by_old_rules(moment)
    plan_all()
    at = START + timedelta(days=26)
    remind(at)
    assert len(told("reminders.joining")) == 2
    recompute(HOUSE, now=at, apply=True)
    [notice] = told("reminders.clocks_changed")
    assert (notice.person_id, notice.happens_at) == (away.id, moment.until - timedelta(hours=1))
    assert "not at 00:00, but Saturday 19 December 2026, 01:00 in Lord Howe" in read_by(away).text


@pytest.mark.parametrize("zone", ["Africa/Dakar", "", "Europe/Zurich"])
def test_who_helps_somebody_is_told_for_them_on_their_clock(app: Flask, zone: str):
    rosa, helper = make_person("Rosa Ejemplo", zone=zone), make_member("Salma Example", zone="Africa/Dakar")
    make_assistance(rosa, helper)
    [session] = series("session", rosa, AFTER)
    recompute(HOUSE, now=NEW_RULES, apply=True)
    if zone == session.moment.zone:
        assert told("reminders.clocks_changed") == [], "her hour is the same"
        return
    [notice] = told("reminders.clocks_changed", helper)
    assert still_wanted(notice.kind, notice, NEW_RULES)
    words = read_by(helper)
    assert words.subject.startswith("For Rosa Ejemplo: Your hour changes")
    assert "not at 17:00, but Saturday 10 April 2027, 16:00" in words.text
    helping = db.session.scalars(sa.select(Assistance)).one()
    helping.ended_at = NEW_RULES
    assert not still_wanted(notice.kind, notice, NEW_RULES)


def test_who_helps_and_takes_part_is_told_of_both(app: Flask, away: Person):
    rosa = make_person("Rosa Ejemplo", zone="Africa/Dakar")
    make_assistance(rosa, away)
    [session] = series("session", rosa, AFTER)
    make_membership(session.track, away)
    recompute(HOUSE, now=NEW_RULES, apply=True)
    keys = [notice.parameters.get("for") for notice in told("reminders.clocks_changed", away)]
    assert sorted(keys, key=str) == sorted([None, str(rosa.id)], key=str)
