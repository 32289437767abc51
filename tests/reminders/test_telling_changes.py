"""A date of a body that changes is told once, old and new; a government that changes its clocks too."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from app.advocacy.models import FollowedSpace, Occurrence, Step, StepCode, StepRule
from app.advocacy.services.dates import Dated, cancel_occurrence, move_occurrence, postpone_occurrence
from app.advocacy.services.steps import confirm_step
from app.core import mails
from app.core.actors import job
from app.core.registries import Contact, actor_at, still_wanted
from app.extensions import db
from app.moments.models import Certainty
from app.moments.services import change_moment
from app.moments.timing import Timing
from app.moments.zone_data import recompute
from app.people.models import Person
from tests.make.advocacy import make_occurrence, make_rule, make_space, make_step
from tests.make.moments import hours
from tests.make.people import make_member, make_secretary
from tests.make.reminders import told
from tests.make.sessions import make_membership, make_session
from tests.make.workinggroups import make_coordinator, make_group, make_meeting, make_place

HOUSE = job("moments.recompute")
READER = Contact("a@example.org", "en", "Amina")


@pytest.fixture
def njeri(app: Flask) -> Person:
    return make_member("Njeri Example", zone="Africa/Nairobi")


@pytest.fixture
def occurrence(njeri: Person, now: datetime) -> Occurrence:
    """A session whose space Njeri's group follows, with an estimated deadline."""
    space = make_space("Example committee", acronym="CEDAW")
    make_rule(space, -28)
    occurrence = make_occurrence(space, date(2027, 10, 9), date(2027, 10, 27), number=96)
    group = make_group("Tenure group")
    make_coordinator(group, njeri)
    db.session.add(FollowedSpace(group_id=group.id, space_id=space.id, since=now))
    db.session.flush()
    return occurrence


def act(now: datetime):
    return actor_at(make_secretary().id, now)


def written(notice):
    return mails.write(notice.kind, notice.parameters, READER)


def wanted(now: datetime):
    return [notice for notice in told("reminders.date_changed") if still_wanted(notice.kind, notice, now)]


def test_a_moved_session_is_told_in_one_mail_with_the_deadlines_that_moved_along(occurrence, njeri, now):
    make_step(occurrence, date(2027, 9, 11), rule=db.session.scalars(db.select(StepRule)).one())
    dated = Dated(Timing.days(date(2028, 2, 2), date(2028, 2, 20), "Europe/Zurich"), source="ohchr.org")
    move_occurrence(act(now), occurrence, dated, reason="No money for October", now=now)
    [notice] = told("reminders.date_changed")
    words = written(notice)
    assert notice.person_id == njeri.id
    assert words.subject == "Another date: CEDAW: Session 96"
    assert "2–20 February 2028" in words.text
    assert "Before: 9–27 October 2027" in words.text
    assert "Why: No money for October" in words.text
    assert "With it moved:\nParallel reports, CEDAW: Session 96: around Wednesday 5 January 2028" in words.text


def test_of_several_changes_in_a_row_only_the_last_is_told_with_what_was_known_before(occurrence, now):
    actor = act(now)
    postpone_occurrence(actor, occurrence, reason="No money", now=now)
    later = now + timedelta(hours=1)
    dated = Dated(Timing.days(date(2028, 2, 2), zone="Europe/Zurich"), source="ohchr.org")
    move_occurrence(actor, occurrence, dated, reason="Found some", now=later)
    [notice] = wanted(later)
    assert "Before: 9–27 October 2027" in written(notice).text


def test_what_went_back_to_where_it_was_is_told_to_nobody_who_never_heard(occurrence, now):
    actor = act(now)
    was = Timing.of(occurrence.moment)
    dated = Dated(Timing.days(date(2028, 2, 2), zone="Europe/Zurich"), source="ohchr.org")
    move_occurrence(actor, occurrence, dated, reason="A slip", now=now)
    change_moment(actor, occurrence.moment, timing=was, status=told_status(occurrence), now=now + timedelta(minutes=1))
    assert wanted(now) == []


def told_status(occurrence: Occurrence):
    from app.moments.models import Status
    from app.moments.queries import list_changes

    return Status(list_changes(occurrence.moment)[-1].old["status"])


def test_a_cancelled_session_says_so(occurrence, now):
    cancel_occurrence(act(now), occurrence, reason="No money", now=now)
    [notice] = told("reminders.date_changed")
    words = written(notice)
    assert words.subject == "Cancelled: CEDAW: Session 96"
    assert "Before: 9–27 October 2027" in words.text


def test_a_deadline_that_was_expected_is_told_when_it_is_confirmed(occurrence, njeri, now):
    step: Step = make_step(occurrence, date(2027, 9, 11), StepCode.PARALLEL_REPORT)
    timing = hours("2027-09-14 23:59", None, "Europe/Zurich", is_deadline=True)
    confirm_step(act(now), step, timing=timing, source="Information note", now=now)
    [notice] = told("reminders.date_changed")
    words = written(notice)
    assert words.subject == "Confirmed: Parallel reports, CEDAW: Session 96"
    assert (
        "Wednesday 15 September 2027, 00:59 in Nairobi (Tuesday 14 September, 23:59 in Zurich, 21:59 UTC)" in words.text
    )
    assert "Before: around Saturday 11 September 2027" in words.text


def test_a_date_that_is_confirmed_once_more_gives_no_source_for_a_reason(occurrence, now):
    step = make_step(occurrence, date(2027, 9, 11), StepCode.PARALLEL_REPORT)
    for hour, day in enumerate((14, 20)):
        later = now + timedelta(hours=hour)
        timing = Timing.days(date(2027, 9, day), zone="Europe/Zurich")
        confirm_step(act(later), step, timing=timing, source="https://example.org/note", now=later)
    [notice] = wanted(now + timedelta(hours=1))
    words = written(notice)
    assert words.subject == "Another date: Parallel reports, CEDAW: Session 96"
    assert "example.org/note" not in words.text


@pytest.mark.parametrize(("day", "earlier"), [(9, "2 days earlier"), (10, "1 day earlier"), (11, ""), (12, "")])
def test_a_deadline_that_comes_earlier_than_expected_says_by_how_many_days_at_once(occurrence, now, day, earlier):
    step = make_step(occurrence, date(2027, 9, 11), StepCode.PARALLEL_REPORT)
    timing = Timing.days(date(2027, 9, day), zone="Europe/Zurich")
    confirm_step(act(now), step, timing=timing, source="Information note", now=now)
    [notice] = told("reminders.date_changed")
    words = written(notice)
    assert words.subject == f"{earlier or 'Confirmed'}: Parallel reports, CEDAW: Session 96"
    assert f"It is now {earlier}." in words.text if earlier else "earlier" not in words.text


@pytest.mark.parametrize(("first", "last", "earlier"), [(1, 8, "1 day earlier"), (1, 9, ""), (8, 20, "")])
def test_a_window_is_earlier_where_no_day_of_it_could_be_thought_of(occurrence, now, first, last, earlier):
    dated = Dated(Timing.window(date(2027, 10, first), date(2027, 10, last)), source="ohchr.org")
    move_occurrence(act(now), occurrence, dated, reason="No room", now=now)
    [notice] = told("reminders.date_changed")
    assert written(notice).subject == f"{earlier or 'Another date'}: CEDAW: Session 96"


@pytest.mark.parametrize(
    ("was", "became", "said"),
    [
        (("2027-09-11 00:30", "Europe/Zurich"), ("2027-09-10 23:59", "America/New_York"), "Another date"),
        (("2027-09-10 23:59", "America/Los_Angeles"), ("2027-09-11 00:30", "Asia/Tokyo"), "1 day earlier"),
    ],
)
def test_hours_are_compared_on_the_clock_of_the_reader(occurrence, now, was, became, said):
    old, new = (hours(start, None, zone, is_deadline=True) for start, zone in (was, became))
    step = make_step(occurrence, date(2027, 9, 11), timing=old, certainty=Certainty.VERIFIED)
    confirm_step(act(now), step, timing=new, source="Note", now=now)
    [notice] = told("reminders.date_changed")
    assert written(notice).subject.startswith(f"{said}: ")


@pytest.mark.parametrize("end", [cancel_occurrence, postpone_occurrence])
def test_what_is_off_is_not_called_earlier_and_moves_no_deadline_along(occurrence, now, end):
    make_step(occurrence, date(2027, 9, 11), rule=db.session.scalars(db.select(StepRule)).one())
    dated = Dated(Timing.days(date(2027, 10, 1), date(2027, 10, 20), "Europe/Zurich"), source="ohchr.org")
    move_occurrence(act(now), occurrence, dated, reason="No room", now=now)
    end(act(now), occurrence, reason="No money", now=now + timedelta(minutes=5))
    [notice] = [notice for notice in wanted(now + timedelta(minutes=6)) if "occurrence" in notice.parameters]
    text = written(notice).text
    assert "Before: 9–27 October 2027" in text
    assert "earlier" not in text
    assert "With it moved" not in text


def test_nobody_is_told_what_they_did_themselves(occurrence, njeri, now):
    step = make_step(occurrence, date(2027, 9, 11))
    timing = Timing.days(date(2027, 9, 14), zone="Europe/Zurich")
    confirm_step(actor_at(njeri.id, now), step, timing=timing, source="Note", now=now)
    assert told("reminders.date_changed") == []


@pytest.mark.parametrize("kind", ["session", "meeting"])
def test_new_rules_of_clocks_are_told_once_to_those_whose_own_hour_moves(app, njeri, now, kind):
    """Casablanca by 2025b and by 2026.6: 18:00 there was 17:00 UTC, and is 18:00 UTC."""
    there = make_member("Salma Example", zone="Africa/Casablanca")
    rows = [_gathering(kind, day, (njeri, there)) for day in (16, 23)]
    for row in rows:
        row.moment.starts_at -= timedelta(hours=1)
        row.moment.until -= timedelta(hours=1)
    db.session.flush()
    assert len(recompute(HOUSE, now=now, apply=True)) == 2
    [notice] = told("reminders.clocks_changed")
    assert (notice.person_id, notice.is_urgent) == (njeri.id, True)
    assert still_wanted(notice.kind, notice, now)
    words = written(notice)
    assert words.subject == "Your hour changes: a government changed its clocks"
    assert "not at 20:00, but Saturday 16 January 2027, 21:00–23:00 in Nairobi (18:00 in Casablanca" in words.text
    assert words.text.count("not at 20:00") == 2
    assert not still_wanted(notice.kind, notice, datetime(2027, 2, 1, tzinfo=UTC)), "all of it is over"


def _gathering(kind: str, day: int, people: tuple[Person, ...]):
    timing = hours(f"2027-01-{day} 18:00", f"2027-01-{day} 20:00", "Africa/Casablanca")
    if kind == "meeting":
        group = make_group(f"Group {day}")
        for person in people:
            make_place(group, person)
        return make_meeting(group, timing=timing)
    session = make_session(wall_start=datetime(2027, 1, day, 18), zone="Africa/Casablanca")
    for person in people:
        make_membership(session.track, person)
    return session


def test_a_deadline_whose_clocks_changed_is_told_too(occurrence, njeri, now):
    timing = hours("2027-01-16 18:00", None, "Africa/Casablanca")
    step = make_step(occurrence, date(2027, 1, 16), timing=timing, certainty=Certainty.VERIFIED)
    step.moment.starts_at = step.moment.until = step.moment.starts_at - timedelta(hours=1)
    db.session.flush()
    recompute(HOUSE, now=now, apply=True)
    assert [notice.person_id for notice in told("reminders.clocks_changed")] == [njeri.id]
