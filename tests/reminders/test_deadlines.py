"""Deadlines are reminded of until somebody takes care; where nobody does, others hear of it once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.advocacy.models import FollowedSpace
from app.advocacy.services.dates import Dated, move_occurrence, postpone_occurrence
from app.advocacy.services.steps import mark_step_done
from app.core.actors import job
from app.core.errors import NotAllowed
from app.core.registries import actor_at, still_wanted
from app.extensions import db
from app.moments.models import Certainty
from app.moments.services import change_moment
from app.moments.timing import Timing
from app.people.models import Role
from app.reminders.jobs import remind
from app.reminders.models import Care
from app.reminders.queries import standings_of
from app.reminders.services import acknowledge_deadline
from app.reminders.services.caring import NotOpen
from app.workinggroups.models import GroupCoordinator
from tests.make.engagements import make_signatory
from tests.make.moments import hours
from tests.make.people import make_member, make_organisation, make_role, make_secretary
from tests.make.reminders import planned, told
from tests.make.workinggroups import make_coordinator, make_group
from tests.reminders.conftest import CLOSES, Cast

HOUSE = job("test")


def test_the_one_who_planned_it_is_in_charge_and_reminded(cast: Cast):
    remind(CLOSES - timedelta(days=30))
    assert [notice.person_id for notice in told("reminders.deadline")] == [cast.first.id]


def test_once_somebody_takes_care_the_whole_group_is_left_in_peace(cast: Cast):
    first_day = CLOSES - timedelta(days=30)
    remind(first_day)
    acknowledge_deadline(actor_at(cast.second.id, first_day), cast.step, cast.group, now=first_day)
    for days in (7, 2, 1):
        remind(CLOSES - timedelta(days=days))
    assert len(told()) == 1
    [notice] = told()
    assert not still_wanted(notice.kind, notice, first_day), "a mail that waits for the morning does not leave any more"


def test_nobody_answers_and_the_other_one_who_runs_the_group_hears_of_it_once(cast: Cast):
    remind(CLOSES - timedelta(days=30))
    remind(CLOSES - timedelta(days=7))
    assert told("reminders.unanswered") == []
    for hour in (47, 48, 49):
        remind(CLOSES - timedelta(days=7) + timedelta(hours=hour))
    [notice] = told("reminders.unanswered")
    assert (notice.person_id, notice.is_urgent) == (cast.second.id, True)
    remind(CLOSES - timedelta(days=2))
    assert {one.person_id for one in told("reminders.deadline") if one.parameters["minutes"] == -2 * 24 * 60} == {
        cast.first.id,
        cast.second.id,
    }


def test_a_deadline_that_was_learnt_of_late_is_passed_on_two_days_before(app, cast: Cast):
    remind(CLOSES - timedelta(days=7))
    remind(CLOSES - timedelta(days=2, minutes=1))
    assert told("reminders.unanswered") == []
    remind(CLOSES - timedelta(days=2))
    assert len(told("reminders.unanswered")) == 1


def test_where_nobody_else_runs_the_group_the_secretariat_hears_of_it(app, cast: Cast):
    secretary = make_secretary()
    row = db.session.scalars(db.select(GroupCoordinator).where(GroupCoordinator.person_id == cast.second.id)).one()
    row.ended_at = CLOSES - timedelta(days=40)
    remind(CLOSES - timedelta(days=30))
    remind(CLOSES - timedelta(days=2))
    assert [notice.person_id for notice in told("reminders.unanswered")] == [secretary.id]


def test_a_word_is_for_one_date_and_the_earlier_one_stays_to_be_read(cast: Cast):
    at = CLOSES - timedelta(days=30)
    actor = actor_at(cast.first.id, at)
    care = acknowledge_deadline(actor, cast.step, cast.group, now=at)
    later = hours("2027-03-20 18:00", None, "Europe/Zurich")
    change_moment(HOUSE, cast.step.moment, timing=later, now=at)
    [standing] = standings_of([cast.step])
    assert not standing.unit.is_taken
    assert standing.before == care
    remind(at)
    remind(CLOSES + timedelta(days=47 - 30))
    assert [notice.person_id for notice in told("reminders.deadline")] == [cast.first.id]
    again = acknowledge_deadline(actor, cast.step, cast.group, now=CLOSES)
    assert again.id != care.id


def test_twice_is_once(cast: Cast, now):
    actor = actor_at(cast.first.id, now)
    first = acknowledge_deadline(actor, cast.step, cast.group, now=now)
    again = acknowledge_deadline(actor_at(cast.second.id, now), cast.step, cast.group, now=now + timedelta(hours=1))
    assert (again.id, again.acknowledged_by, again.acknowledged_at) == (first.id, cast.first.id, now)


def test_who_does_not_run_the_group_cannot_and_a_group_that_does_not_care_is_not_asked(cast: Cast, now):
    stranger = make_member("Stranger Example")
    with pytest.raises(NotAllowed):
        acknowledge_deadline(actor_at(stranger.id, now), cast.step, cast.group, now=now)
    other = make_group("Another group")
    make_coordinator(other, stranger)
    with pytest.raises(NotAllowed):
        acknowledge_deadline(actor_at(stranger.id, now), cast.step, other, now=now)


def test_what_is_over_or_done_wants_nobody(cast: Cast, now):
    actor = actor_at(cast.first.id, now)
    with pytest.raises(NotOpen):
        acknowledge_deadline(actor, cast.step, cast.group, now=CLOSES)
    mark_step_done(actor, cast.step, now=now)
    with pytest.raises(NotOpen):
        acknowledge_deadline(actor, cast.step, cast.group, now=now)
    remind(CLOSES - timedelta(days=2))
    assert told() == []


def test_a_group_that_follows_the_space_is_reminded_through_whoever_has_run_it_longest(cast: Cast, now):
    following = make_group("Land group")
    longest, newer = make_member("Rosa Example"), make_member("Awa Example")
    make_coordinator(following, newer)
    make_coordinator(following, longest, appointed_at=datetime(2025, 1, 1, tzinfo=UTC))
    db.session.add(FollowedSpace(group_id=following.id, space_id=cast.space.id, since=now))
    db.session.flush()
    remind(CLOSES - timedelta(days=30))
    assert {notice.person_id for notice in told()} == {cast.first.id, longest.id}


def test_who_speaks_for_an_organisation_that_signs_hears_of_it_two_days_before(cast: Cast, now):
    organisation = make_organisation()
    speaker = make_member("Speaker Example")
    make_role(speaker, Role.MANDATED, organisation.id)
    make_signatory(cast.engagement, organisation)
    remind(CLOSES - timedelta(days=7))
    assert speaker.id not in {notice.person_id for notice in told()}
    remind(CLOSES - timedelta(days=2))
    assert speaker.id in {notice.person_id for notice in told()}


def test_what_is_only_expected_is_passed_on_to_nobody(app, cast: Cast, now):
    change_moment(HOUSE, cast.step.moment, certainty=Certainty.ESTIMATED, now=now)
    remind(CLOSES - timedelta(days=30))
    remind(CLOSES - timedelta(days=7))
    remind(CLOSES - timedelta(days=1))
    assert {notice.kind for notice in told()} == {"reminders.deadline"}
    assert {care.escalates_at for care in db.session.scalars(db.select(Care))} == {None}


def test_a_deadline_that_moved_or_was_called_off_is_passed_on_to_nobody(app, cast: Cast, now):
    remind(CLOSES - timedelta(days=7))
    change_moment(HOUSE, cast.step.moment, timing=Timing.days(date(2027, 2, 5), zone="Europe/Zurich"), now=now)
    remind(CLOSES - timedelta(days=2))
    assert told("reminders.unanswered") == []


def test_the_deadlines_of_a_session_that_is_put_off_wait_with_it_and_are_planned_anew_at_once(cast: Cast, now):
    keeper, occurrence = actor_at(make_secretary().id, now), cast.step.occurrence
    before = planned(cast.step.moment)
    postpone_occurrence(keeper, occurrence, reason="No room", now=now)
    remind(now)
    assert (planned(cast.step.moment), len(before)) == ([], 3)
    dated = Dated(Timing.days(date(2027, 3, 9), date(2027, 3, 20), "Europe/Zurich"), source="ohchr.org")
    move_occurrence(keeper, occurrence, dated, reason="A room", now=now)
    remind(now)
    assert planned(cast.step.moment) == before
