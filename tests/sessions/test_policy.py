from datetime import UTC, datetime, timedelta

import pytest

from app.core.actors import VISITOR, Actor, ActorKind, job
from app.moments.models import Status
from app.sessions import policy
from app.sessions.keys import facilitators_key, track_key
from tests.make.moments import make_moment
from tests.make.sessions import make_session, make_track

STARTS = datetime(2027, 2, 13, 14, tzinfo=UTC)


def holder(*keys: str) -> Actor:
    return Actor(ActorKind.PERSON, None, frozenset({"public", *keys}))


@pytest.fixture
def session(app):
    return make_session()


def test_only_the_secretariat_runs_the_programme(app):
    assert policy.can_run_programme(holder("secretariat"))
    assert not policy.can_run_programme(holder("network", "coordinator", "affiliation:member"))
    assert not policy.can_run_programme(VISITOR)


def test_a_facilitator_leads_the_sessions_of_one_track_and_of_no_other(session):
    other = make_session(make_track())
    leader = holder(facilitators_key(session.track_id), track_key(session.track_id))
    assert policy.can_lead_track(leader, session.track)
    assert policy.can_lead_session(leader, session)
    assert not policy.can_lead_track(leader, other.track)
    assert not policy.can_lead_session(leader, other)
    assert policy.can_lead_session(holder("secretariat"), other)
    assert not policy.can_lead_session(holder(track_key(session.track_id)), session)


@pytest.mark.parametrize(
    ("eligible", "key", "let_in"),
    [
        (["member", "friend", "ally"], "affiliation:member", True),
        (["member", "friend", "ally"], "affiliation:friend", True),
        (["member", "friend", "ally"], "affiliation:ally", True),
        (["member", "ally"], "affiliation:friend", False),
        (["member"], "network", False),
        ([], "affiliation:member", False),
    ],
)
def test_r_03_a_track_says_which_affiliations_may_join(app, eligible, key, let_in):
    assert policy.is_eligible(holder(key), make_track(eligible=eligible)) is let_in


def test_asking_to_join_needs_an_account(app):
    track = make_track()
    assert policy.can_ask_to_join(holder(), track)
    assert not policy.can_ask_to_join(VISITOR, track)
    assert not policy.can_ask_to_join(job("night"), track)


@pytest.mark.parametrize(
    ("at", "seen"),
    [
        (STARTS - timedelta(hours=24, seconds=1), False),
        (STARTS - timedelta(hours=24), True),
        (STARTS, True),
        (STARTS + timedelta(hours=2), True),
        (STARTS + timedelta(hours=2, seconds=1), False),
    ],
)
def test_the_join_link_is_there_from_24_hours_before_until_the_end(session, at, seen):
    assert policy.can_see_join_link(holder(track_key(session.track_id)), session, at) is seen


def test_the_join_link_is_for_participants_and_facilitators_alone(session):
    for keys in ((), ("network", "affiliation:member"), ("secretariat",), (track_key(make_track().id),)):
        assert not policy.can_see_join_link(holder(*keys), session, STARTS)


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.POSTPONED])
def test_there_is_no_link_to_what_does_not_take_place(app, status):
    session = make_session(status=status)
    assert not policy.can_see_join_link(holder(track_key(session.track_id)), session, STARTS)
    assert not policy.is_held(session, STARTS + timedelta(days=9))


def test_there_is_no_link_while_the_hour_is_open(session):
    from app.moments.timing import Timing

    session.moment = make_moment(Timing.days(STARTS.date()))
    assert not policy.can_see_join_link(holder(track_key(session.track_id)), session, STARTS)


def test_attendance_opens_half_an_hour_before_the_start(session):
    assert not policy.attendance_is_open(session, STARTS - timedelta(minutes=30, seconds=1))
    assert policy.attendance_is_open(session, STARTS - timedelta(minutes=30))
    assert policy.attendance_is_open(session, STARTS + timedelta(days=400))


def test_a_session_is_current_until_it_ends(session):
    assert not policy.is_over(session, STARTS + timedelta(hours=2))
    assert policy.is_held(session, STARTS + timedelta(hours=2, seconds=1))
