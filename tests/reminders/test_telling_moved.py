"""Whoever was reminded of a date hears once that it is another one, old and new; whoever moved it does not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from flask import Flask

from app.core.notices import Notice
from app.core.registries import actor_at, still_wanted
from app.events.models import Event
from app.events.services import cancel_event, change_event, confirm_event
from app.extensions import db
from app.moments.services import change_moment
from app.moments.timing import Timing
from app.people.models import Person
from app.reminders import telling_moved
from app.reminders.jobs import remind
from app.reminders.things import SUBJECTS
from app.sessions.models import Track
from app.sessions.services import change_intake
from app.tasks.models import Task, TaskState
from app.tasks.services import Planned, hand_back, note_task, set_state
from tests.conftest import START
from tests.make.acts import words_of_notice
from tests.make.outbox import hand_over
from tests.make.outcomes import make_outcome
from tests.make.people import make_member
from tests.make.reminders import plan_all, told
from tests.make.sessions import make_facilitator, make_session, make_track
from tests.make.tasks import make_task
from tests.make.workinggroups import make_coordinator, make_group, make_place
from tests.reminders.test_events import BEGINS, cast, forum, write

A_DAY_BEFORE = BEGINS - timedelta(days=1)
CHANGED = "reminders.event_changed"
DAY = "reminders.day_changed"


def leave(notices: list[Notice]) -> None:
    """Let the mails of some notices be gone."""
    for notice in notices:
        hand_over(notice, at=notice.created_at)
    db.session.commit()


def reminded() -> tuple[Event, Person, Person]:
    """An event of tomorrow, of which two people have heard."""
    group, mona, fatou = cast()
    event = write(group, mona)
    remind(START)
    remind(A_DAY_BEFORE)
    leave(told("reminders.event"))
    return event, mona, fatou


def wanted(kind: str, now) -> list[Notice]:
    return [notice for notice in told(kind) if still_wanted(kind, notice, now)]


def test_an_event_that_moves_is_told_to_whoever_was_reminded_but_for_who_moved_it(app: Flask):
    event, mona, fatou = reminded()
    change_event(actor_at(mona.id, A_DAY_BEFORE), event, forum(12), now=A_DAY_BEFORE)
    [notice] = wanted(CHANGED, A_DAY_BEFORE)
    assert (notice.person_id, notice.happens_at) == (fatou.id, BEGINS + timedelta(hours=2))
    words = words_of_notice(CHANGED, fatou)
    assert words.subject == "Another date: A forum of others"
    assert "Saturday 12 December 2026, 12:00–14:00 in Dakar" in words.text
    assert "Before: Saturday 5 December 2026, 12:00–14:00 in Dakar" in words.text


def test_who_was_not_reminded_yet_hears_of_the_new_date_alone(app: Flask):
    group, mona, _fatou = cast()
    event = write(group, mona)
    remind(START)
    change_event(actor_at(mona.id, START), event, forum(12), now=START)
    assert told(CHANGED) == []


def test_a_reminder_that_never_left_needs_no_second_mail(app: Flask):
    group, mona, _fatou = cast()
    event = write(group, mona)
    remind(START)
    remind(A_DAY_BEFORE)
    change_event(actor_at(mona.id, A_DAY_BEFORE), event, forum(12), now=A_DAY_BEFORE)
    assert wanted(CHANGED, A_DAY_BEFORE) == wanted("reminders.event", A_DAY_BEFORE) == []


def test_what_is_called_off_says_so_and_what_takes_place_after_all_too(app: Flask):
    event, mona, fatou = reminded()
    actor, later = actor_at(mona.id, A_DAY_BEFORE), A_DAY_BEFORE + timedelta(hours=1)
    cancel_event(actor, event, reason="No hall", now=A_DAY_BEFORE)
    words = words_of_notice(CHANGED, fatou)
    assert words.subject == "Cancelled: A forum of others"
    assert "Why: No hall" in words.text
    [notice] = wanted(CHANGED, A_DAY_BEFORE)
    leave([notice])
    confirm_event(actor, event, now=later)
    [last] = wanted(CHANGED, later)
    assert last.id != notice.id
    words = words_of_notice(CHANGED, fatou)
    assert words.subject == "Planned again: A forum of others"
    assert "It takes place after all." in words.text


def test_of_two_changes_in_a_row_the_last_is_told_and_going_back_is_told_to_nobody(app: Flask):
    event, mona, fatou = reminded()
    actor = actor_at(mona.id, A_DAY_BEFORE)
    change_event(actor, event, forum(12), now=A_DAY_BEFORE)
    change_event(actor, event, forum(13), now=A_DAY_BEFORE + timedelta(minutes=1))
    [_last] = wanted(CHANGED, A_DAY_BEFORE)
    assert "Before: Saturday 5 December" in words_of_notice(CHANGED, fatou).text
    change_event(actor, event, forum(5), now=A_DAY_BEFORE + timedelta(minutes=2))
    assert wanted(CHANGED, A_DAY_BEFORE) == []


def a_task() -> tuple[Task, Person, Person]:
    group, mona, amina = make_group("Heat group"), make_member("Mona Example"), make_member("Amina Example")
    make_coordinator(group, mona)
    make_place(group, amina)
    task = make_task(group, owner=amina, by=Timing.days(date(2026, 12, 12)))
    plan_all()
    remind(START + timedelta(days=18))
    leave(told("reminders.task"))
    return task, mona, amina


def test_a_task_of_another_day_is_told_to_who_has_it_with_the_day_that_it_had(app: Flask):
    task, mona, amina = a_task()
    now = START + timedelta(days=18)
    change_moment(actor_at(mona.id, now), task.moment, timing=Timing.days(date(2026, 12, 20)), now=now)
    [notice] = wanted(DAY, now)
    assert notice.person_id == amina.id
    words = words_of_notice(DAY, amina)
    assert words.subject == "Due Sunday 20 December 2026: a task of Heat group"
    assert "By when: Sunday 20 December 2026\n\nBefore: Saturday 12 December 2026" in words.text


def test_who_moves_their_own_task_and_who_drops_one_tell_nobody_of_its_date(app: Flask):
    task, mona, amina = a_task()
    now = START + timedelta(days=18)
    change_moment(actor_at(amina.id, now), task.moment, timing=Timing.days(date(2026, 12, 20)), now=now)
    set_state(actor_at(mona.id, now), task, state=TaskState.DROPPED, now=now)
    set_state(actor_at(mona.id, now), task, state=TaskState.OPEN, now=now)
    assert told(DAY) == []


def a_given_task() -> tuple[Task, Person, Person]:
    """A task that was given to somebody for a day still far off."""
    group, mona, amina = make_group("Heat group"), make_member("Mona Example"), make_member("Amina Example")
    make_coordinator(group, mona)
    make_place(group, amina)
    planned = Planned("Measure the heat", "en", owner_id=amina.id, by=Timing.days(date(2027, 3, 12)))
    task = note_task(actor_at(mona.id, START), group, planned, now=START)
    return task, mona, amina


def move_to(task: Task, who: Person, day: int, now: datetime) -> None:
    change_moment(actor_at(who.id, now), task.moment, timing=Timing.days(date(2027, 3, day)), now=now)
    db.session.commit()


def test_whoever_read_the_day_where_a_task_was_given_to_them_hears_of_another(app: Flask):
    task, mona, amina = a_given_task()
    leave(told("tasks.assigned"))
    now = START + timedelta(days=1)
    move_to(task, mona, 20, now)
    [notice] = wanted(DAY, now)
    assert notice.person_id == amina.id
    assert "By when: Saturday 20 March 2027\n\nBefore: Friday 12 March 2027" in words_of_notice(DAY, amina).text
    move_to(task, mona, 12, now + timedelta(hours=1))
    assert wanted(DAY, now + timedelta(hours=1)) == [], "nobody has read another one"


def test_a_day_that_moves_before_the_task_is_told_of_is_told_once_and_going_back_is_told(app: Flask):
    task, mona, amina = a_given_task()
    [given] = told("tasks.assigned")
    move_to(task, mona, 20, START + timedelta(hours=1))
    assert wanted(DAY, START + timedelta(hours=1)) == []
    hand_over(given, at=START + timedelta(hours=2))
    assert wanted(DAY, START + timedelta(hours=2)) == [], "that mail said the new day"
    move_to(task, mona, 12, START + timedelta(hours=3))
    assert [notice.person_id for notice in wanted(DAY, START + timedelta(hours=3))] == [amina.id]
    assert "Before: Saturday 20 March 2027" in words_of_notice(DAY, amina).text


def test_a_task_that_went_to_somebody_else_is_not_told_to_whoever_had_it(app: Flask):
    task, mona, amina = a_given_task()
    leave(told("tasks.assigned"))
    hand_back(actor_at(amina.id, START), task, now=START)
    move_to(task, mona, 20, START + timedelta(days=1))
    assert told(DAY) == []


def test_what_a_session_agreed_on_is_told_as_a_task_is(app: Flask):
    session, leader = make_session(), make_member("Lea Example")
    make_facilitator(session.track, leader)
    outcome = make_outcome(session, by=Timing.days(date(2027, 3, 12)))
    plan_all()
    now = START + timedelta(days=108)
    remind(now)
    leave(told("reminders.task") + told("reminders.agreed"))
    helper = actor_at(make_member("Another Example").id, now)
    change_moment(helper, outcome.moment, timing=Timing.days(date(2027, 3, 20)), now=now)
    assert [notice.person_id for notice in wanted(DAY, now)] == [leader.id]
    assert "Before: Friday 12 March 2027" in words_of_notice(DAY, leader).text


TELL_THEMSELVES = {"session", "meeting", "occurrence", "step", "decision"}
"""By their own packages, or `telling_changes`; the day of review of a decision is chosen once."""


def test_each_kind_that_people_are_reminded_of_is_named_with_who_tells_that_it_moves():
    assert {*SUBJECTS, "event"} == telling_moved.MOVED.keys() | TELL_THEMSELVES


def take_people(track: Track, leader: Person, until: date, now=START) -> None:
    first, last = datetime(2026, 11, 1, 9), datetime.combine(until, time(17))
    window = Timing.minutes(first, last, "Africa/Nairobi", is_deadline=True, may_be_long=True)
    change_intake(actor_at(leader.id, now), track, capacity=None, needs_approval=False, window=window, now=now)
    db.session.commit()


def a_track() -> tuple[Track, Person, Person]:
    track, lea, sam = make_track("Land rights"), make_member("Lea Example"), make_member("Sam Example")
    make_facilitator(track, lea)
    make_facilitator(track, sam)
    take_people(track, lea, date(2026, 12, 20))
    remind(START)
    return track, lea, sam


def test_whoever_was_reminded_that_a_track_takes_people_hears_of_another_end(app: Flask):
    track, lea, sam = a_track()
    take_people(track, lea, date(2026, 12, 18))
    assert told(CHANGED) == [], "nobody was reminded of the first one"
    remind(START)
    now = START + timedelta(days=26)
    remind(now)
    leave(told("reminders.joining"))
    take_people(track, lea, date(2027, 1, 20), now)
    assert [notice.person_id for notice in wanted(CHANGED, now)] == [sam.id]
    words = words_of_notice(CHANGED, sam)
    assert words.subject == "Another date: Applications: Land rights"
    assert "20 January" in words.text.split("Before: ")[0]
    assert "18 December" in words.text.split("Before: ")[1]
    take_people(track, sam, date(2026, 12, 18), now)
    assert [notice.person_id for notice in wanted(CHANGED, now)] == [lea.id], "for Sam it ends when it did"


def moves_around_the_mail(*, moves: timedelta, answered: timedelta) -> list[Notice]:
    """An event moves so long after its reminder was handed over, which the server answers later."""
    group, mona, fatou = cast()
    event, handed = write(group, mona), A_DAY_BEFORE + timedelta(minutes=1)
    remind(START)
    remind(A_DAY_BEFORE)
    for notice in told("reminders.event"):
        hand_over(notice, at=handed + answered, handed=handed)
    db.session.commit()
    change_event(actor_at(mona.id, handed), event, forum(12), now=handed + moves)
    assert "Before: Saturday 5 December" in words_of_notice(CHANGED, fatou).text
    return wanted(CHANGED, handed + timedelta(minutes=5))


def test_a_date_that_moves_before_the_server_answers_is_told_to_whom_the_old_one_is_mailed(app: Flask):
    assert len(moves_around_the_mail(moves=timedelta(seconds=10), answered=timedelta(minutes=9))) == 1


def test_a_date_that_was_being_moved_while_a_mail_left_is_told_once_more_rather_than_never(app: Flask):
    assert len(moves_around_the_mail(moves=timedelta(seconds=-1), answered=timedelta())) == 1


def test_going_back_is_told_to_whom_a_mail_may_have_named_the_date_between(app: Flask):
    task, mona, amina = a_given_task()
    [given] = told("tasks.assigned")
    now = START + timedelta(hours=1)
    move_to(task, mona, 20, now)
    hand_over(given, at=now + timedelta(seconds=5))
    move_to(task, mona, 21, now + timedelta(hours=1))
    move_to(task, mona, 20, now + timedelta(hours=2))
    assert [notice.person_id for notice in wanted(DAY, now + timedelta(hours=2))] == [amina.id], "it may have named 12"
    move_to(task, mona, 12, now + timedelta(hours=3))
    assert [notice.person_id for notice in wanted(DAY, now + timedelta(hours=3))] == [amina.id], "or 20"
