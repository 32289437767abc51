"""What moves before the mail that it is planned was made is told once: that mail says the new time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.core import outbox
from app.core.actors import job
from app.core.notices import Notice
from app.core.outbox import OutboxMail, addressing
from app.extensions import db
from app.mailings.models import MailRhythm, Pace
from app.moments.repeating import weeks_of
from app.moments.timing import Timing
from app.people.models import Person
from app.sessions import services, telling
from app.sessions.models import Gathering, LearningSession, Track
from app.sessions.services import Scope, series
from app.sessions.services.scheduling.planning import Plan
from app.workinggroups.services.meetings import plan_meeting
from tests.make.acts import post_all, read_mail
from tests.make.moments import hours
from tests.make.outbox import hand_over_all
from tests.make.people import make_assistance, make_member, make_person
from tests.make.sessions import make_membership, make_track
from tests.make.workinggroups import make_group, make_place
from tests.people.test_races import at_once

HOUSE = job("test")
AT_18 = hours("2027-03-06 18:00", "2027-03-06 20:00")
AT_20 = hours("2027-03-06 20:00", "2027-03-06 22:00")
PLANNED, MOVED, CONFIRMED = telling.sessions.PLANNED, telling.sessions.MOVED, telling.sessions.CONFIRMED
NOON = datetime(2027, 2, 2, 12, tzinfo=UTC)
"""A Tuesday, by day wherever the people of this page live."""
SATURDAY = 5


def reader(pace: Pace = Pace.AT_ONCE) -> Person:
    person = make_member("Amina Example", zone="Africa/Nairobi", preferred_language="en")
    db.session.add(MailRhythm(person_id=person.id, pace=pace, hour=8, weekday=SATURDAY, quiet_from=21, quiet_until=8,
                              changed_at=NOON))  # fmt: skip
    return person


@pytest.fixture
def amina(app: Flask) -> Person:
    return reader()


@pytest.fixture
def track(app: Flask, amina: Person) -> Track:
    track = make_track("Climate justice")
    make_membership(track, amina)
    return track


def plan(track: Track, timing: Timing = AT_18, now: datetime = NOON) -> LearningSession:
    return services.plan_session(HOUSE, track, names={"en": "Heat"}, timing=timing, now=now)


def move(gathering: Gathering, timing: Timing = AT_20, now: datetime = NOON) -> Any:
    return services.move_session(HOUSE, gathering, timing=timing, reason="Elections", now=now)


def told(person: Person) -> list[str]:
    db.session.flush()
    kinds = sa.select(Notice.kind).where(Notice.person_id == person.id).order_by(Notice.created_at, Notice.kind)
    return list(db.session.scalars(kinds))


def test_the_mail_that_it_is_planned_says_the_new_hour_and_nothing_else_is_told(track: Track, amina: Person):
    session = plan(track)
    move(session, now=NOON + timedelta(minutes=1))
    services.confirm_session(HOUSE, session, now=NOON + timedelta(minutes=2))
    assert told(amina) == [PLANNED]
    with time_machine.travel(NOON + timedelta(minutes=3), tick=False):
        post_all(NOON + timedelta(minutes=3))
    text = read_mail(PLANNED, amina)
    assert "Saturday 6 March 2027, 20:00–22:00 in Nairobi" in text
    assert "18:00" not in text
    assert "Before" not in text


def test_whose_mail_was_made_or_let_go_or_who_came_later_hears_that_it_moved(track: Track, amina: Person):
    later, other = make_member("Njeri Example", zone="Africa/Nairobi"), make_member("Jo Example")
    make_membership(track, other)
    session = plan(track)
    make_membership(track, later)
    db.session.flush()
    outbox.address_notices(NOON)
    db.session.execute(sa.update(Notice).where(Notice.person_id == other.id).values(dropped_at=NOON))
    move(session)
    assert told(amina) == [MOVED, PLANNED]
    assert told(later) == [MOVED]
    assert told(other) == [MOVED, PLANNED]


def test_of_a_second_move_it_says_what_the_first_mail_said_before(track: Track, amina: Person):
    session = plan(track)
    move(session)
    hand_over_all(NOON + timedelta(minutes=1))
    move(session, hours("2027-03-07 10:00", "2027-03-07 12:00"), NOON + timedelta(minutes=2))
    assert told(amina) == [PLANNED, MOVED]
    with time_machine.travel(NOON + timedelta(minutes=3), tick=False):
        post_all(NOON + timedelta(minutes=3))
    assert "Before: Saturday 6 March 2027, 20:00–22:00 in Nairobi" in read_mail(MOVED, amina)


def test_who_reads_weekly_hears_in_time_of_what_comes_sooner(app: Flask):
    track, amina = make_track(), reader(Pace.WEEKLY)
    make_membership(track, amina)
    session = plan(track)
    outbox.address_notices(NOON)
    [notice] = db.session.scalars(sa.select(Notice))
    assert notice.leaves_at == datetime(2027, 2, 6, 5, tzinfo=UTC)
    move(session, hours("2027-02-03 17:00", "2027-02-03 19:00"))
    with time_machine.travel(NOON, tick=False):
        post_all(NOON)
    assert told(amina) == [PLANNED]
    assert "Wednesday 3 February 2027, 17:00–19:00" in read_mail(PLANNED, amina)


def test_it_leaves_after_the_hour_that_was_first_planned(track: Track, amina: Person):
    session = plan(track, hours("2027-02-02 17:00", "2027-02-02 18:00"))
    move(session)
    late = datetime(2027, 2, 3, 12, tzinfo=UTC)
    with time_machine.travel(late, tick=False):
        post_all(late)
    assert "Saturday 6 March 2027, 20:00–22:00" in read_mail(PLANNED, amina)


def test_who_helps_somebody_reads_it_once_too(track: Track):
    rosa, helper = make_person("Rosa Ejemplo"), make_member("Salma Example")
    make_assistance(rosa, helper)
    make_membership(track, rosa)
    move(plan(track))
    assert told(helper) == [PLANNED]
    hand_over_all(NOON)
    session = plan(track, now=NOON + timedelta(minutes=1))
    hand_over_all(NOON)
    move(session, now=NOON + timedelta(minutes=2))
    assert told(helper) == [PLANNED, PLANNED, MOVED]


def test_a_meeting_of_a_group_is_told_once_too(app: Flask, amina: Person):
    group = make_group("Heat group")
    make_place(group, amina)
    db.session.flush()
    meeting = plan_meeting(HOUSE, group, names={"en": "Heat"}, timing=AT_18, plan=Plan(), now=NOON)
    move(meeting)
    assert told(amina) == [PLANNED]


def a_series(track: Track) -> list[LearningSession]:
    timings = weeks_of(AT_18, every_weeks=1, number=3)
    return services.plan_series(HOUSE, track, names={"en": "Heat"}, timings=timings, plan=Plan(), now=NOON)


def shift(sessions: list[LearningSession], now: datetime) -> None:
    timings = series.moved_alike(sessions[0], AT_20, series.sessions_in(sessions[0], Scope.ALL, now))
    services.move_series(HOUSE, sessions[0], scope=Scope.ALL, timings=timings, reason="Elections", now=now)


def test_a_series_that_moves_whole_or_in_one_of_its_dates_is_told_once(track: Track, amina: Person):
    sessions = a_series(track)
    shift(sessions, NOON + timedelta(minutes=1))
    move(sessions[1], hours("2027-03-14 10:00", "2027-03-14 12:00"), NOON + timedelta(minutes=2))
    assert told(amina) == [telling.series.PLANNED]
    with time_machine.travel(NOON + timedelta(minutes=3), tick=False):
        post_all(NOON + timedelta(minutes=3))
    text = read_mail(telling.series.PLANNED, amina)
    assert [text.count(hour) for hour in ("20:00–22:00", "10:00–12:00", "18:00")] == [2, 1, 0]


def test_a_series_whose_first_mail_has_left_is_told_to_have_moved(track: Track, amina: Person):
    sessions = a_series(track)
    hand_over_all(NOON)
    shift(sessions, NOON + timedelta(minutes=1))
    assert told(amina) == [telling.series.PLANNED, telling.series.MOVED]


def test_who_is_told_just_now_that_it_is_planned_hears_that_it_moved(own_app: Flask, monkeypatch: pytest.MonkeyPatch):
    """The mail is being made while the move is written down: it may say either hour."""
    with own_app.app_context():
        amina, track = reader(), make_track()
        make_membership(track, amina)
        session_id, person_id = plan(track).id, amina.id
        db.session.commit()
    is_made, make = Event(), addressing._address_alone

    def making(*given: Any) -> None:
        make(*given)
        is_made.set()
        time.sleep(0.5)

    def moving() -> UUID:
        assert is_made.wait(timeout=60)
        change: UUID = move(db.session.get_one(LearningSession, session_id)).id
        return change

    monkeypatch.setattr(addressing, "_address_alone", making)
    at_once(own_app, lambda: outbox.address_notices(NOON), moving)
    with own_app.app_context():
        assert told(db.session.get_one(Person, person_id)) == [MOVED, PLANNED]
        assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMail)) == 1
