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

from app.core import mails, outbox, registries
from app.core.actors import job
from app.core.notices import Notice
from app.core.outbox import OutboxMail, addressing
from app.extensions import db
from app.mailings.models import MailRhythm, Pace
from app.moments.repeating import weeks_of
from app.moments.timing import Timing
from app.people.models import Person
from app.reminders import telling as reminders
from app.sessions import services, telling
from app.sessions.models import Gathering, LearningSession, Track
from app.sessions.services import Scope, series
from app.sessions.services.scheduling.planning import Plan
from app.workinggroups.services.meetings import plan_meeting
from tests.make.acts import post_all, read_mail
from tests.make.moments import hours
from tests.make.outbox import hand_over, hand_over_all
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


def test_the_first_mail_says_that_the_date_is_not_certain_and_no_more_once_it_is(track: Track, amina: Person):
    first, second = plan(track), plan(track, now=NOON + timedelta(seconds=1))
    services.confirm_session(HOUSE, second, now=NOON + timedelta(minutes=1))
    notices = db.session.scalars(sa.select(Notice).order_by(Notice.created_at)).all()
    says = {notice.parameters["session"]: "not confirmed yet" in words_of(notice).text for notice in notices}
    assert says == {str(first.id): True, str(second.id): False}


def words_of(notice: Notice) -> mails.Words:
    words = mails.write(notice.kind, notice.parameters, registries.contacts([notice.person_id])[notice.person_id])
    assert words is not None
    return words


def test_of_a_series_the_first_mail_says_that_nothing_is_certain_and_another_what_is(track: Track, amina: Person):
    [first, *_others] = a_series(track)
    [notice] = db.session.scalars(sa.select(Notice))
    assert "None of these dates is confirmed yet." in words_of(notice).text
    services.confirm_session(HOUSE, first, now=NOON + timedelta(minutes=1))
    assert told(amina) == [telling.series.PLANNED, CONFIRMED]


def test_who_said_that_they_come_hears_that_it_moved(track: Track, amina: Person):
    session = plan(track)
    services.say_coming(registries.actor_at(amina.id, NOON), session, comes=True, now=NOON)
    move(session)
    assert told(amina) == [MOVED, PLANNED]


def test_who_read_the_hour_in_a_reminder_hears_that_it_moved(app: Flask):
    """The house reminds two days before, which cannot wait; the first mail waits for the mail of the week."""
    track, amina = make_track(), reader(Pace.WEEKLY)
    make_membership(track, amina)
    session = plan(track, hours("2027-02-11 17:00", "2027-02-11 19:00"))
    outbox.address_notices(NOON)
    reminder = Notice(
        key="reminder", kind=reminders.GATHERING, person_id=amina.id, parameters={"moment": str(session.moment_id)},
        created_at=NOON,
    )  # fmt: skip
    db.session.add(reminder)
    move(session, now=NOON + timedelta(minutes=1))
    assert told(amina) == [reminders.GATHERING, PLANNED], "it has not left"
    hand_over(reminder, at=NOON + timedelta(minutes=2))
    move(session, hours("2027-03-07 10:00", "2027-03-07 12:00"), NOON + timedelta(minutes=3))
    assert sorted(told(amina)) == sorted([reminders.GATHERING, PLANNED, MOVED])


def test_of_a_series_of_which_one_date_comes_sooner_the_mail_leaves_in_time_and_stands_for_the_others(app: Flask):
    track, amina = make_track(), reader(Pace.WEEKLY)
    make_membership(track, amina)
    sessions = a_series(track)
    outbox.address_notices(NOON)
    [notice] = db.session.scalars(sa.select(Notice))
    ends = notice.expires_at
    assert notice.leaves_at == datetime(2027, 2, 6, 5, tzinfo=UTC)
    move(sessions[2], hours("2027-03-28 10:00", "2027-03-28 12:00"))
    assert notice.leaves_at == datetime(2027, 2, 6, 5, tzinfo=UTC), "what comes later waits as it did"
    move(sessions[1], hours("2027-02-03 17:00", "2027-02-03 19:00"), NOON + timedelta(minutes=1))
    assert (notice.leaves_at, notice.together) == (None, "")
    assert notice.expires_at > ends, "until the last of them is over"
    assert notice.happens_at == datetime(2027, 2, 3, 14, tzinfo=UTC)


def test_where_two_rows_become_one_nobody_is_left_with_the_old_hour(app: Flask):
    """The kept row read of it and left; the other one takes part, and its first mail waits."""
    track, kept, gone = make_track(), reader(), reader(Pace.WEEKLY)
    left, _stays = make_membership(track, kept), make_membership(track, gone)
    session = plan(track)
    hand_over(db.session.scalars(sa.select(Notice).where(Notice.person_id == kept.id)).one(), at=NOON)
    left.left_at = NOON + timedelta(minutes=1)
    db.session.flush()
    move(session, now=NOON + timedelta(minutes=2))
    registries.merge_person(kept.id, gone.id, NOON + timedelta(minutes=3))
    assert told(kept) == [PLANNED, PLANNED]


def test_what_the_kept_row_could_not_be_told_is_told_to_both_in_one(app: Flask):
    track, kept, gone = make_track(), reader(), reader(Pace.WEEKLY)
    for person in (kept, gone):
        make_membership(track, person)
    plan(track)
    db.session.execute(
        sa.update(Notice).where(Notice.person_id == kept.id).values(dropped_at=NOON, dropped_because="no_address")
    )
    registries.merge_person(kept.id, gone.id, NOON + timedelta(minutes=3))
    [notice] = db.session.scalars(sa.select(Notice))
    assert (notice.person_id, notice.dropped_at) == (kept.id, None)
