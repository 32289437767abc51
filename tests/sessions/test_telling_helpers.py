"""Who has no e-mail hears through whoever helps them what becomes of a session or a meeting, in every mail of its
kinds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import mails, registries
from app.core.actors import job
from app.core.notices import Notice
from app.core.registries import actor_at, still_wanted
from app.extensions import db
from app.moments.models import Status
from app.moments.repeating import weeks_of
from app.people.models import Assistance, Person
from app.sessions import jobs, services, telling
from app.sessions.models import Gathering, LearningSession, Track, TrackMembership
from app.sessions.services import Scope, series
from app.sessions.services.scheduling.planning import Plan
from tests.journeys.reader import Reader
from tests.make.acts import links_in, post_all, read_mail, words_of_notice
from tests.make.moments import hours
from tests.make.outbox import hand_over_all
from tests.make.people import make_assistance, make_member, make_person
from tests.make.sessions import make_facilitator, make_membership, make_session, make_track
from tests.make.workinggroups import make_group, make_meeting, make_place

HOUSE = job("test")
AT_18 = hours("2027-03-06 18:00", "2027-03-06 20:00")
AT_20 = hours("2027-03-06 20:00", "2027-03-06 22:00")
HELPED = "Rosa Ejemplo has no e-mail and you help them: please tell them this."


@pytest.fixture
def rosa(app: Flask) -> Person:
    """She has no account."""
    return make_person("Rosa Ejemplo", zone="Africa/Cairo")


@pytest.fixture
def helper(rosa: Person) -> Person:
    helper = make_member("Salma Example", zone="Africa/Dakar", preferred_language="en")
    make_assistance(rosa, helper)
    return helper


@pytest.fixture
def track(rosa: Person) -> Track:
    track = make_track("Climate justice")
    make_membership(track, rosa)
    return track


def told(person: Person, kind: str = "%") -> list[Notice]:
    db.session.flush()
    wanted = sa.select(Notice).where(Notice.person_id == person.id, Notice.kind.like(kind))
    return list(db.session.scalars(wanted.order_by(Notice.created_at, Notice.key)))


def is_wanted(notice: Notice, now: datetime) -> bool:
    return still_wanted(notice.kind, notice, now)


def move(gathering: Gathering, timing, now: datetime):
    return services.move_session(HOUSE, gathering, timing=timing, reason="Elections", now=now)


@pytest.mark.parametrize("kind", ["session", "meeting"])
def test_a_helper_hears_that_a_date_moved_old_and_new_and_answers_for_whom_they_help(
    app: Flask, rosa: Person, helper: Person, now: datetime, kind: str
):
    title, group, track = "Who holds the land?", make_group("Tenure group"), make_track()
    make_place(group, rosa)
    make_membership(track, rosa)
    gathering = make_session(track, title) if kind == "session" else make_meeting(group, title)
    move(gathering, AT_18, now)
    [notice] = told(helper)
    assert (notice.kind, notice.parameters["for"]) == (telling.sessions.MOVED, str(rosa.id))
    assert is_wanted(notice, now)
    words = words_of_notice(telling.sessions.MOVED, helper)
    assert words.subject == f"For Rosa Ejemplo: Moved to Saturday 6 March 2027: {title}"
    assert HELPED in words.text
    assert "Saturday 6 March 2027, 15:00–17:00 in Dakar (18:00 in Nairobi, 15:00 UTC)" in words.text
    assert "Before: Saturday 13 February 2027, 14:00–16:00 in Dakar" in words.text
    db.session.commit()
    phone = Reader(app.test_client())
    phone.open(f"{links_in(words.text)[0]}?lang=en")
    assert "Salma Example answers for" in phone.text
    phone.send(has="submission_id")
    assert f"You come to “{title}”." in phone.text
    assert "Rosa Ejemplo" in phone.text


def test_a_helper_hears_of_a_new_one_of_its_certainty_and_of_its_end(
    rosa: Person, helper: Person, track: Track, now: datetime
):
    session = services.plan_session(HOUSE, track, names={"en": "Heat"}, timing=AT_18, now=now)
    hand_over_all(now)
    services.confirm_session(HOUSE, session, now=now)
    services.cancel_session(HOUSE, session, reason="x", now=now)
    [cancelled] = told(helper, telling.sessions.CANCELLED)
    assert "It was planned for: Saturday 6 March 2027, 15:00–17:00 in Dakar" in words_of(cancelled, helper)
    assert is_wanted(cancelled, now)
    services.reopen_session(HOUSE, session, now=now)
    subjects = {notice.kind: words_of_notice(notice.kind, helper).subject for notice in told(helper)}
    assert subjects == {
        telling.sessions.PLANNED: "For Rosa Ejemplo: Climate justice: a new session on Saturday 6 March 2027",
        telling.sessions.CONFIRMED: "For Rosa Ejemplo: Confirmed: Heat",
        telling.sessions.CANCELLED: "For Rosa Ejemplo: Cancelled: Heat",
        telling.sessions.REOPENED: "For Rosa Ejemplo: Planned again: Heat",
    }
    assert {notice.parameters["for"] for notice in told(helper)} == {str(rosa.id)}


def written(notice: Notice, reader: Person) -> mails.Words:
    words = mails.write(notice.kind, notice.parameters, registries.contacts([reader.id])[reader.id])
    assert words is not None
    return words


def words_of(notice: Notice, reader: Person) -> str:
    return written(notice, reader).text


def both(helper: Person, kind: str) -> tuple[Notice, Notice]:
    """What a helper who takes part was told last of a kind: in their own name, and for whom they help."""
    newest = told(helper, kind)[-2:]
    [own] = [notice for notice in newest if "for" not in notice.parameters]
    [theirs] = [notice for notice in newest if "for" in notice.parameters]
    return own, theirs


def test_who_takes_part_and_helps_hears_both_and_each_says_for_whom(helper: Person, track: Track, now: datetime):
    make_membership(track, helper)
    move(make_session(track, "Heat"), AT_18, now)
    own, theirs = both(helper, telling.sessions.MOVED)
    assert len(told(helper)) == 2
    assert (is_wanted(own, now), is_wanted(theirs, now)) == (True, True)
    assert written(own, helper).subject == "Moved to Saturday 6 March 2027: Heat"
    assert "Rosa" not in words_of(own, helper)
    assert written(theirs, helper).subject == "For Rosa Ejemplo: Moved to Saturday 6 March 2027: Heat"
    assert set(links_in(words_of(own, helper))).isdisjoint(links_in(words_of(theirs, helper)))


def test_of_two_moves_a_helper_hears_the_last_and_what_was_before_they_heard_of_any(
    helper: Person, track: Track, now: datetime
):
    session, later = make_session(track), now + timedelta(minutes=1)
    move(session, AT_18, now)
    move(session, AT_20, later)
    first, last = told(helper)
    assert (is_wanted(first, later), is_wanted(last, later)) == (False, True)
    assert "Before: Saturday 13 February 2027, 14:00–16:00 in Dakar" in words_of(last, helper)
    move(session, hours("2027-02-13 17:00", "2027-02-13 19:00"), later + timedelta(minutes=1))
    assert not any(is_wanted(notice, later) for notice in told(helper)), "it is where it was before anybody heard"


def test_what_was_before_is_what_a_helper_read_for_this_person(helper: Person, track: Track, now: datetime):
    make_membership(track, helper)
    session = make_session(track)
    move(session, AT_18, now)
    own, theirs = both(helper, telling.sessions.MOVED)
    own.dropped_at, own.dropped_because = now, "stopped"
    db.session.commit()
    for at in (now, now + timedelta(days=1)):
        post_all(at)
    assert "15:00–17:00 in Dakar" in read_mail(telling.sessions.MOVED, helper)
    move(session, AT_20, now + timedelta(days=2))
    own, theirs = both(helper, telling.sessions.MOVED)
    assert "Before: Saturday 13 February 2027, 14:00–16:00 in Dakar" in words_of(own, helper)
    assert "Before: Saturday 6 March 2027, 15:00–17:00 in Dakar" in words_of(theirs, helper)


def test_who_moves_it_and_helps_somebody_knows_already(helper: Person, track: Track, now: datetime):
    make_facilitator(track, helper)
    session = make_session(track)
    services.move_session(actor_at(helper.id, now), session, timing=AT_18, reason="Elections", now=now)
    assert told(helper) == []


def test_nothing_is_told_to_who_helps_no_more_or_for_who_has_left(
    rosa: Person, helper: Person, track: Track, now: datetime
):
    make_membership(track, helper)
    plan_weekly(track, now)
    move(make_session(track), AT_18, now)
    for own, theirs in (both(helper, telling.sessions.MOVED), both(helper, telling.series.PLANNED)):
        assert (is_wanted(own, now), is_wanted(theirs, now)) == (True, True)
        with db.session.begin_nested() as tried:
            db.session.execute(db.update(Assistance).values(ended_at=now))
            assert (is_wanted(own, now), is_wanted(theirs, now)) == (True, False), "they help no more"
            tried.rollback()
        with db.session.begin_nested() as tried:
            leave(track, rosa, now)
            assert (is_wanted(own, now), is_wanted(theirs, now)) == (True, False), "the person has left"
            tried.rollback()
        with db.session.begin_nested() as tried:
            leave(track, helper, now)
            assert (is_wanted(own, now), is_wanted(theirs, now)) == (False, True), "the helper has left"
            tried.rollback()


def leave(track: Track, person: Person, now: datetime) -> None:
    mine = (TrackMembership.track_id == track.id, TrackMembership.person_id == person.id)
    db.session.execute(db.update(TrackMembership).where(*mine).values(left_at=now))


# Series


def plan_weekly(track: Track, now: datetime) -> list[LearningSession]:
    """24 April and 1 May 2027, 17:00 in Nairobi: between the two, the clocks of Cairo go forward."""
    timings = weeks_of(hours("2027-04-24 17:00", "2027-04-24 19:00"), every_weeks=1, number=2)
    plan = Plan(status=Status.CONFIRMED)
    return services.plan_series(HOUSE, track, names={"en": "Heat"}, timings=timings, plan=plan, now=now)


def test_a_helper_hears_of_a_series_in_one_mail_when_it_is_new_moves_and_is_called_off(
    rosa: Person, helper: Person, track: Track, now: datetime
):
    first, _second = plan_weekly(track, now)
    hand_over_all(now)
    for days in (1, 2):
        at = now + timedelta(minutes=days)
        timing = hours(f"2027-04-{24 + days} 16:00", f"2027-04-{24 + days} 18:00")
        timings = series.moved_alike(first, timing, series.sessions_in(first, Scope.ALL, at))
        services.move_series(HOUSE, first, scope=Scope.ALL, timings=timings, reason="Elections", now=at)
    new, moved, moved_again = told(helper)
    assert {notice.parameters["for"] for notice in (new, moved, moved_again)} == {str(rosa.id)}
    assert [is_wanted(notice, at) for notice in (new, moved, moved_again)] == [True, False, True]
    assert written(new, helper).subject == "For Rosa Ejemplo: Climate justice: 2 new sessions from Monday 26 April 2027"
    words = written(moved_again, helper)
    assert words.subject == "For Rosa Ejemplo: Climate justice: 2 sessions have another time"
    assert HELPED in words.text
    assert "Heat 1: Monday 26 April 2027, 13:00–15:00 in Dakar" in words.text
    assert "Before: Saturday 24 April 2027, 14:00–16:00 in Dakar" in words.text, "the first move was never heard of"
    services.cancel_series(HOUSE, first, scope=Scope.ALL, reason="No room", now=at)
    [off] = told(helper, telling.series.CANCELLED)
    assert is_wanted(off, at)
    assert written(off, helper).subject == "For Rosa Ejemplo: Climate justice: 2 sessions cancelled"


# Hours that change


def test_a_helper_hears_that_the_hour_changes_of_whom_they_help_on_that_persons_clock(
    app: Flask, helper: Person, track: Track, now: datetime
):
    """The clocks of Cairo go forward before the second; the helper lives in Dakar."""
    plan_weekly(track, now)
    at = datetime(2027, 4, 25, 9, tzinfo=UTC)
    assert jobs.tell_hour_changes(at) == 1
    [notice] = told(helper, telling.hours.CHANGED)
    assert is_wanted(notice, at)
    words = written(notice, helper)
    assert words.subject == "For Rosa Ejemplo: Your hour changes: Heat 2 at 17:00"
    assert "Last time: Saturday 24 April 2027, 16:00–18:00 in Cairo" in words.text
    db.session.commit()
    phone = Reader(app.test_client())
    phone.open(f"{links_in(words.text)[0]}?lang=en")
    assert "Salma Example answers for" in phone.text
    db.session.execute(db.update(Assistance).values(ended_at=at))
    assert not is_wanted(notice, at)


def test_of_who_has_said_no_place_a_helper_hears_that_the_hour_changes_on_their_own_clock(
    rosa: Person, helper: Person, track: Track, now: datetime
):
    rosa.zone, helper.zone = "", "Africa/Cairo"
    plan_weekly(track, now)
    at = datetime(2027, 4, 25, 9, tzinfo=UTC)
    jobs.tell_hour_changes(at)
    [notice] = told(helper, telling.hours.CHANGED)
    assert is_wanted(notice, at)
    assert "Last time: Saturday 24 April 2027, 16:00–18:00 in Cairo" in words_of(notice, helper)
    assert told(rosa, telling.hours.CHANGED) == []


def test_a_helper_whose_own_clocks_change_hears_nothing_for_somebody_whose_hour_stays(
    rosa: Person, helper: Person, track: Track, now: datetime
):
    rosa.zone, helper.zone = "Africa/Dakar", "Africa/Cairo"
    plan_weekly(track, now)
    assert jobs.tell_hour_changes(datetime(2027, 4, 25, 9, tzinfo=UTC)) == 1
    assert told(helper, telling.hours.CHANGED) == []
