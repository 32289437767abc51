"""What is planned for a date, and what becomes of it when the date changes (R-08, R-09)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.actors import job
from app.core.registries import actor_at
from app.extensions import db
from app.mailings.planned import list_let_go, list_planned
from app.moments.models import Certainty, Status
from app.moments.services import change_moment
from app.moments.timing import Timing
from app.people.models import Person
from app.reminders.jobs import look_again, remind
from app.reminders.kinds import DAY, HOUR, Kind, Scope
from app.reminders.models import Mark, OwnPlan, OwnRule
from app.reminders.services import planning
from app.sessions.models import LearningSession
from app.sessions.services import say_coming
from app.tasks.models import TaskState
from app.tasks.services import set_state
from tests.make.advocacy import make_occurrence, make_space, make_step
from tests.make.moments import hours
from tests.make.people import make_member
from tests.make.reminders import plan_all, planned, told
from tests.make.sessions import make_facilitator, make_membership, make_session, make_track
from tests.make.tasks import make_task
from tests.make.workinggroups import make_coordinator, make_group, make_meeting, make_place

HOUSE = job("test")
BEGINS = datetime(2027, 2, 13, 14, tzinfo=UTC)


@pytest.fixture
def amina(app: Flask) -> Person:
    return make_member("Amina Example", zone="Africa/Nairobi")


@pytest.fixture
def session(amina: Person) -> LearningSession:
    """Saturday 13 February 2027, 17:00 in Nairobi."""
    session = make_session()
    make_membership(session.track, amina)
    return session


def test_a_session_is_reminded_of_a_week_a_day_and_an_hour_before(session, now):
    plan_all()
    assert planned(session.moment) == [
        (-7 * DAY, BEGINS - timedelta(days=7)),
        (-DAY, BEGINS - timedelta(days=1)),
        (-HOUR, BEGINS - timedelta(hours=1)),
    ]


def test_each_is_sent_once_to_whoever_takes_part_however_late(session, amina, now):
    plan_all()
    late = BEGINS - timedelta(days=3)
    assert remind(late) == 1
    assert remind(late + timedelta(minutes=1)) == 0
    [notice] = told()
    assert (notice.kind, notice.person_id) == ("reminders.gathering", amina.id)
    assert notice.expires_at == BEGINS
    assert not notice.is_urgent, "a week before it may wait for the mail of the day"
    assert remind(BEGINS - timedelta(hours=20)) == 1
    assert told()[-1].is_urgent


def test_after_a_worker_stood_still_one_reminder_says_it_all(session, amina, now):
    plan_all()
    remind(BEGINS - timedelta(hours=2))
    assert [notice.parameters["minutes"] for notice in told()] == [-DAY]
    remind(BEGINS - timedelta(hours=1))
    assert [notice.parameters["minutes"] for notice in told()] == [-DAY, -HOUR]


def test_nothing_is_sent_once_it_has_begun(session, now):
    plan_all()
    assert remind(BEGINS) == 0
    assert told() == []


def test_a_session_planned_for_tomorrow_gets_no_reminder_of_a_week(app, amina, now):
    session = make_session(wall_start=datetime(2026, 11, 22, 17))
    make_membership(session.track, amina)
    plan_all()
    assert [minutes for minutes, _at in planned(session.moment)] == [-DAY, -HOUR]


def test_whoever_leads_a_track_is_among_those_who_take_part_and_who_said_no_is_left_in_peace(session, amina, now):
    leader = make_member("Leila Example")
    make_facilitator(session.track, leader)
    say_coming(actor_at(amina.id, now), session, comes=False, now=now)
    plan_all()
    remind(BEGINS - timedelta(days=2))
    assert {notice.person_id for notice in told()} == {leader.id}


def test_a_draft_is_announced_to_nobody(app, amina, now):
    track = make_track(published_at=None)
    make_membership(track, amina)
    session = make_session(track)
    plan_all()
    assert planned(session.moment) == []


def test_a_change_marks_its_moment_and_nothing_leaves_on_the_word_of_the_old_date(session, now):
    plan_all()
    later = hours("2027-03-13 17:00", "2027-03-13 19:00")
    week_before = BEGINS - timedelta(days=7)
    change_moment(HOUSE, session.moment, timing=later, now=week_before)
    assert db.session.scalars(sa.select(Mark.moment_id)).all() == [session.moment.id]
    assert remind(week_before) == 0
    assert planned(session.moment)[0] == (-7 * DAY, datetime(2027, 3, 6, 14, tzinfo=UTC))


def test_what_was_sent_is_armed_again_only_for_a_date_that_is_later_by_its_offset(session, now):
    plan_all()
    sent_at = BEGINS - timedelta(days=7)
    remind(sent_at)
    change_moment(HOUSE, session.moment, timing=hours("2027-02-16 17:00", "2027-02-16 19:00"), now=sent_at)
    remind(sent_at)
    assert [minutes for minutes, _at in planned(session.moment)] == [-DAY, -HOUR], "three days later: not again"
    change_moment(HOUSE, session.moment, timing=hours("2027-02-20 17:00", "2027-02-20 19:00"), now=sent_at)
    remind(sent_at)
    assert [minutes for minutes, _at in planned(session.moment)] == [-7 * DAY, -DAY, -HOUR]
    remind(BEGINS)
    assert [notice.key.split(":")[2:4] for notice in told()] == [[str(-7 * DAY), "0"], [str(-7 * DAY), "1"]]


def test_what_is_moved_nearer_does_not_make_up_for_reminders_that_are_past(session, now):
    plan_all()
    change_moment(HOUSE, session.moment, timing=hours("2026-11-23 17:00", "2026-11-23 19:00"), now=now)
    remind(now)
    assert [minutes for minutes, _at in planned(session.moment)] == [-DAY, -HOUR]
    assert told() == []


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.POSTPONED])
def test_what_does_not_take_place_reminds_nobody_and_planned_again_it_does(session, now, status):
    plan_all()
    change_moment(HOUSE, session.moment, status=status, now=now)
    remind(now)
    assert planned(session.moment) == []
    change_moment(HOUSE, session.moment, status=Status.PLANNED, now=now)
    remind(now)
    assert len(planned(session.moment)) == 3


def test_a_meeting_is_for_everybody_in_the_group(app, amina, now):
    group = make_group()
    make_place(group, amina)
    make_meeting(group)
    remind(now)
    assert remind(BEGINS - timedelta(days=7)) == 1
    assert told()[0].audience == f"group:{group.id}"


def test_a_task_is_for_whoever_has_it_and_late_only_while_it_is_not_done(app, amina, now):
    group = make_group()
    make_place(group, amina)
    task = make_task(group, owner=amina, by=Timing.days(date(2027, 3, 12)))
    plan_all()
    nine = datetime(2027, 3, 12, 9, tzinfo=UTC)
    assert planned(task.moment) == [
        (-7 * DAY, nine - timedelta(days=7)),
        (-DAY, nine - timedelta(days=1)),
        (DAY, nine + timedelta(days=1)),
    ]
    remind(nine - timedelta(hours=1))
    set_state(actor_at(amina.id, nine), task, state=TaskState.DONE, now=nine)
    assert remind(nine + timedelta(days=1)) == 0
    assert planned(task.moment) == []


@pytest.mark.parametrize(("late", "sent"), [(timedelta(days=3, minutes=-1), 1), (timedelta(days=3), 0)])
def test_what_reminds_after_a_date_is_sent_three_days_late_and_no_later(app, amina, now, late, sent):
    group = make_group()
    make_place(group, amina)
    make_task(group, owner=amina, by=Timing.days(date(2027, 3, 12)))
    plan_all()
    day_after = datetime(2027, 3, 13, 9, tzinfo=UTC)
    remind(day_after - timedelta(minutes=1))
    before = told()
    assert remind(day_after + late) == sent
    assert [notice.parameters["minutes"] for notice in told()[len(before) :]] == [DAY] * sent


def test_a_task_that_nobody_has_is_for_whoever_runs_the_group(app, amina, now):
    group = make_group()
    make_coordinator(group, amina)
    make_task(group, by=Timing.days(date(2026, 12, 12)))
    plan_all()
    remind(datetime(2026, 12, 6, tzinfo=UTC))
    assert [notice.person_id for notice in told()] == [amina.id]


def test_a_date_without_hour_counts_from_the_last_working_hour_of_the_day_before_at_the_seat(app, now):
    """R-08, for a body in Geneva: 16:00 there on the day before."""
    step = make_step(make_occurrence(make_space()), date(2027, 7, 8), certainty=Certainty.VERIFIED)
    plan_all()
    assert planned(step.moment)[-1] == (-2 * DAY, datetime(2027, 7, 5, 14, tzinfo=UTC))


def test_a_month_counts_from_its_first_possible_day(app, now):
    step = make_step(
        make_occurrence(make_space()),
        date(2027, 7, 1),
        timing=Timing.month(2027, 7, "Europe/Zurich"),
        certainty=Certainty.VERIFIED,
    )
    plan_all()
    assert planned(step.moment)[-1] == (-2 * DAY, datetime(2027, 6, 28, 14, tzinfo=UTC))


def test_an_estimate_has_the_first_two_reminders_alone(app, now):
    step = make_step(make_occurrence(make_space()), date(2027, 7, 8))
    plan_all()
    assert [minutes for minutes, _at in planned(step.moment)] == [-90 * DAY, -45 * DAY]


def test_an_older_house_is_planned_by_looking_again_and_a_second_look_writes_nothing(session, now, count_queries):
    assert look_again(now) == 1
    assert len(planned(session.moment)) == 3
    with count_queries() as statements:
        look_again(now)
    assert [words for words in statements if words.startswith(("INSERT", "UPDATE"))] == []


def test_planning_asks_as_often_for_many_moments_as_for_one(app, amina, now, count_queries):
    track = make_track()
    counts = []
    for number in (1, 60):
        for day in range(number):
            make_session(track, wall_start=datetime(2027, 3, 1, 17) + timedelta(days=day))
        plan_all()
        with count_queries() as statements:
            look_again(now)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_what_fails_keeps_none_of_the_others_waiting(session, now, monkeypatch):
    broken = make_session()
    real = planning.read_things

    def read(moments):
        if broken.moment in moments:
            raise ValueError("broken")
        return real(moments)

    monkeypatch.setattr(planning, "read_things", read)
    plan_all()
    assert len(planned(session.moment)) == 3
    assert db.session.scalars(sa.select(Mark.moment_id)).all() == [broken.moment.id]


def test_what_is_put_off_is_what_was_tried_and_not_what_changed_meanwhile(session, now):
    later = now + timedelta(minutes=1)
    planning.mark([session.moment.id], now=now)
    planning.mark([session.moment.id], now=later)
    planning.put_off([session.moment.id], now=now)
    marked = db.session.scalars(sa.select(Mark.marked_at).order_by(Mark.marked_at))
    assert list(marked) == [later, now + planning.LATER]


def test_a_reminder_that_is_not_wanted_any_more_is_planned_anew_in_its_turn(session, now):
    """The rules changed without a word: whoever sends tells nobody, and leaves the planning to who plans."""
    plan_all()
    week_before = BEGINS - timedelta(days=7)
    plan = OwnPlan(scope=Scope.HOUSE, kind=Kind.SESSION, changed_at=now)
    plan.rules = [OwnRule(minutes=-DAY, to_whom=["participants"], can_wait=False)]
    db.session.add(plan)
    db.session.flush()
    assert remind(week_before) == 0
    assert db.session.scalars(sa.select(Mark.moment_id)).all() == [session.moment.id]
    remind(week_before)
    assert told() == []
    assert planned(session.moment) == [(-DAY, BEGINS - timedelta(days=1))]


def let_go(**wanted) -> list[tuple[datetime, str]]:
    lines = list_let_go(HOUSE, **{"since": None, "limit": 9, "topic": ""} | wanted)
    return [(line.at, line.because) for line in lines]


def test_what_nobody_could_send_in_time_is_let_go_and_stands_in_the_log_once(session, now):
    plan_all()
    late = BEGINS + timedelta(hours=3)
    look_again(late)
    assert told() == planned(session.moment) == []
    assert let_go() == [(late, "expired")]
    assert let_go(topic="own_dates") == let_go(since=late + timedelta(hours=1)) == []


def test_what_was_called_off_before_it_left_stands_in_the_log_and_is_planned_anew_with_its_date(session, now):
    plan_all()
    change_moment(HOUSE, session.moment, status=Status.CANCELLED, reason="Rain", now=now)
    remind(now)
    assert let_go() == [(now, "not_wanted")]
    change_moment(HOUSE, session.moment, status=Status.PLANNED, now=now)
    remind(now)
    assert len(planned(session.moment)) == 3
    assert remind(BEGINS - timedelta(days=7)) == 1


def test_what_a_nearer_reminder_overtook_and_what_had_nobody_to_tell_stand_in_the_log(session, amina, now):
    plan_all()
    remind(BEGINS - timedelta(hours=20))
    assert let_go() == [(BEGINS - timedelta(hours=20), "overtaken")]
    say_coming(actor_at(amina.id, now), session, comes=False, now=now)
    remind(BEGINS - timedelta(hours=1))
    assert let_go()[0] == (BEGINS - timedelta(hours=1), "nobody")


def test_what_a_nearer_reminder_overtook_that_told_nobody_either_had_nobody_to_tell(session, amina, now):
    plan_all()
    say_coming(actor_at(amina.id, now), session, comes=False, now=now)
    remind(BEGINS - timedelta(hours=20))
    assert {because for _at, because in let_go()} == {"nobody"}


def test_a_reminder_that_a_plan_has_no_more_leaves_no_trace(session, now):
    plan_all()
    db.session.add(OwnPlan(scope=Scope.HOUSE, kind=Kind.SESSION, changed_at=now))
    db.session.flush()
    plan_all()
    assert planned(session.moment) == let_go() == []


def test_the_log_of_mails_knows_what_is_planned(session, amina, now):
    plan_all()
    make_task(make_group(), owner=amina, by=Timing.days(date(2026, 12, 20)))
    plan_all()
    assert [line.topic for line in list_planned(HOUSE, now=now, limit=1)] == ["own_dates"]
    assert [line.topic for line in list_planned(HOUSE, now=now, limit=1, topic="advocacy_dates")] == []
    lines = list_planned(HOUSE, now=now, limit=2, topic="reminders")
    assert [(line.at, line.topic, line.subject_id) for line in lines] == [
        (BEGINS - timedelta(days=7), "reminders", session.id),
        (BEGINS - timedelta(days=1), "reminders", session.id),
    ]


@pytest.mark.parametrize(
    ("days", "minutes"),
    [
        (120, [-90 * DAY, -45 * DAY]),
        (60, [-45 * DAY]),
        (30, [-21 * DAY]),
        (9, [-7 * DAY]),
        (5, [-2 * DAY]),
        (1, []),
    ],
)
def test_an_expected_deadline_written_down_late_has_the_next_reminder_instead_of_none(app, now, days, minutes):
    on = (now + timedelta(days=days)).date()
    step = make_step(make_occurrence(make_space("Example committee"), on + timedelta(days=30)), on, created_at=now)
    plan_all()
    assert [one for one, _due in planned(step.moment)] == minutes


def test_what_is_told_afterwards_does_not_stand_in_for_the_reminder_of_an_expected_deadline(app, now):
    plan = OwnPlan(scope=Scope.HOUSE, kind=Kind.TEXT, changed_at=now)
    plan.rules = [OwnRule(minutes=days * DAY, to_whom=["coordinators"], can_wait=False) for days in (-90, -45, 1)]
    db.session.add(plan)
    on = (now + timedelta(days=9)).date()
    step = make_step(make_occurrence(make_space("Example committee"), on + timedelta(days=30)), on, created_at=now)
    plan_all()
    assert planned(step.moment) == []
