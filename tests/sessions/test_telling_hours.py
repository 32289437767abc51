"""Notice "your hour changes": to whom the clocks did it, in time, once, and to nobody else (A1)."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask_babel import force_locale

from app.core import mails
from app.core.actors import job
from app.core.notices import Notice
from app.core.registries import Contact, still_wanted
from app.extensions import db
from app.moments import services as moments
from app.moments.models import Modality, Precision, Status
from app.moments.repeating import weeks_of
from app.sessions import jobs, services, telling
from app.sessions.services import Scope, series
from app.sessions.services.scheduling.planning import Plan
from tests.make.moments import hours, wall
from tests.make.people import make_member
from tests.make.sessions import make_membership, make_session, make_track

HOUSE = job("test")
ZONES = (
    "America/Mexico_City",
    "Africa/Dakar",
    "Africa/Casablanca",
    "Europe/Zurich",
    "Asia/Beirut",
    "Africa/Cairo",
    "",
)
FIRST = hours("2027-04-24 17:00", "2027-04-24 19:00")
TELLING = datetime(2027, 4, 25, 9, tzinfo=UTC)
"""Six days before the second session."""


@pytest.fixture
def people(app, now):
    return {zone: make_member(zone=zone, preferred_language="ar") for zone in ZONES}


@pytest.fixture
def track(people):
    track = make_track("Climate justice")
    for person in people.values():
        make_membership(track, person)
    return track


@pytest.fixture
def weekly(track, now):
    """24 April and 1 May 2027, 17:00 in Nairobi: between the two, the clocks of Cairo go forward."""
    timings = weeks_of(FIRST, every_weeks=1, number=2)
    sessions = services.plan_series(HOUSE, track, names={"en": "Heat"}, timings=timings, plan=Plan(), now=now)
    for session in sessions:
        services.confirm_session(HOUSE, session, now=now)
    return sessions


def told():
    db.session.flush()
    return list(db.session.scalars(sa.select(Notice).where(Notice.kind == telling.hours.CHANGED)))


def whom():
    return {notice.person_id for notice in told()}


def written(notice, language="en"):
    with force_locale(language):
        return mails.write(notice.kind, notice.parameters, Contact("x@example.org", language, "Mona"))


def test_a1_cairo_is_told_and_nobody_else(weekly, people):
    assert jobs.tell_hour_changes(TELLING) == 1
    assert whom() == {people["Africa/Cairo"].id}
    words = written(told()[0])
    assert words.subject == "Your hour changes: Heat 2 at 17:00"
    assert "Last time: Saturday 24 April 2027, 16:00–18:00 in Cairo" in words.text
    assert "This time: Saturday 1 May 2027, 17:00–19:00 in Cairo (17:00 in Nairobi, 14:00 UTC)" in words.text
    assert told()[0].expires_at == weekly[1].moment.starts_at


def test_it_is_told_once_a_week_ahead_and_late_as_long_as_it_has_not_begun(weekly, people):
    assert jobs.tell_hour_changes(TELLING - timedelta(days=2)) == 1  # the first one, which has none before it
    assert whom() == set()
    late = weekly[1].moment.starts_at - timedelta(minutes=1)
    assert jobs.tell_hour_changes(late) == 1
    assert weekly[1].hours_told_at == late
    assert jobs.tell_hour_changes(late) == 0
    assert len(told()) == 1


def test_nothing_is_told_once_it_has_begun(weekly):
    assert jobs.tell_hour_changes(weekly[1].moment.starts_at) == 0
    assert told() == []


def test_sessions_without_series_follow_the_one_before_in_their_track(track, people):
    make_session(track, wall_start=wall("2027-04-24 17:00"))
    make_session(track, wall_start=wall("2027-05-01 17:00"))
    jobs.tell_hour_changes(TELLING)
    assert whom() == {people["Africa/Cairo"].id}


def test_a_session_at_another_hour_on_purpose_is_no_change_of_clocks(track, people):
    make_session(track, wall_start=wall("2027-04-24 17:00"))
    make_session(track, wall_start=wall("2027-04-28 10:00"))
    make_session(track, wall_start=wall("2027-04-30 10:00"), zone="Europe/Zurich")
    jobs.tell_hour_changes(TELLING)
    assert whom() == set()


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.POSTPONED])
def test_what_does_not_take_place_is_neither_told_nor_compared_with(track, people, status):
    make_session(track, wall_start=wall("2027-04-17 17:00"))
    make_session(track, wall_start=wall("2027-04-28 17:00"), status=status)
    make_session(track, wall_start=wall("2027-05-01 17:00"))
    make_session(track, wall_start=wall("2027-05-02 17:00"), status=status)
    assert jobs.tell_hour_changes(TELLING) == 1
    assert whom() == {people["Africa/Cairo"].id}


def test_a_series_put_on_other_clocks_keeps_its_instants_and_is_told_where_hours_differ(weekly, people, now):
    timings = series.elsewhere(weekly, "Africa/Cairo", keeps_instants=True)
    services.move_series(HOUSE, weekly[0], scope=Scope.ALL, timings=timings, now=now)
    jobs.tell_hour_changes(TELLING)
    assert whom() == {people["Africa/Cairo"].id}


def test_sessions_put_on_other_clocks_with_their_hour_are_told_to_all_whose_hour_it_changes(weekly, people, now):
    timings = series.elsewhere(weekly[1:], "Africa/Cairo", keeps_instants=False)
    services.move_series(HOUSE, weekly[1], scope=Scope.ONE, timings=timings, reason="New team", now=now)
    jobs.tell_hour_changes(TELLING)
    # 17:00 in Cairo is 14:00 UTC in summer, as 17:00 in Nairobi was
    assert whom() == {people["Africa/Cairo"].id}


def test_a_lone_session_that_was_put_on_other_clocks_is_told_too(track, people, now):
    make_session(track, wall_start=wall("2027-04-24 17:00"))
    later = make_session(track, wall_start=wall("2027-05-01 17:00"))
    timings = series.elsewhere([later], "Africa/Lagos", keeps_instants=False)
    services.move_series(HOUSE, later, scope=Scope.ONE, timings=timings, reason="New team", now=now)
    jobs.tell_hour_changes(TELLING)
    assert whom() == {person.id for zone, person in people.items() if zone}


def test_a_move_asks_for_the_hours_again_and_another_change_does_not(weekly, people):
    jobs.tell_hour_changes(TELLING)
    session = weekly[1]
    moments.change_moment(HOUSE, session.moment, modality=Modality.HYBRID, now=TELLING)
    assert session.hours_told_at is not None
    services.move_session(
        HOUSE, session, timing=hours("2027-04-30 17:00", "2027-04-30 19:00"), reason="Strike", now=TELLING
    )
    assert session.hours_told_at is None
    assert jobs.tell_hour_changes(TELLING) == 1
    assert len(told()) == 2
    wanted = {notice.key: still_wanted(notice.kind, notice, TELLING) for notice in told()}
    assert set(wanted.values()) == {True}


def test_a_draft_tells_nobody_and_stays_due(weekly, track):
    track.published_at = None
    assert jobs.tell_hour_changes(TELLING) == 0
    assert weekly[1].hours_told_at is None


def test_it_is_not_sent_when_it_has_become_pointless(weekly, track, people, act, unknown_id):
    jobs.tell_hour_changes(TELLING)
    notice, session = told()[0], weekly[1]
    cairo = people["Africa/Cairo"]

    def wanted(at=TELLING):
        return still_wanted(notice.kind, notice, at)

    assert wanted()
    assert not wanted(session.moment.starts_at)
    cairo.zone = "Africa/Nairobi"
    assert not wanted()
    cairo.zone = "Africa/Cairo"
    session.moment.precision = Precision.DAY
    assert not wanted()
    session.moment.precision = Precision.MINUTE
    session.moment.status = Status.CANCELLED
    assert not wanted()
    session.moment.status = Status.PLANNED
    services.leave_track(act(cairo), track, now=TELLING)
    assert not wanted()
    gone = {**notice.parameters, "before": str(unknown_id)}
    assert mails.write(notice.kind, gone, Contact("x", "en", "x")) is None
    notice.parameters = gone
    assert not wanted()


def test_one_that_fails_keeps_none_of_the_others_waiting(weekly, people, monkeypatch):
    extra = make_session(make_track("Other"), wall_start=wall("2027-04-29 17:00"))
    real = telling.hours.tell_hour_changes

    def failing(session, *, now):
        if session.id == extra.id:
            raise ValueError("broken")
        return real(session, now=now)

    db.session.commit()
    monkeypatch.setattr(telling.hours, "tell_hour_changes", failing)
    assert jobs.tell_hour_changes(TELLING) == 1
    assert whom() == {people["Africa/Cairo"].id}
    assert extra.hours_told_at is None


def test_a_zone_nobody_knows_is_no_ones_hour(weekly):
    assert not telling.hours.differs_in("Mars/Olympus", weekly[0].moment, weekly[1].moment)
