"""R-11 and R-13 for engagements: the day that counts, who is in the way, who could lead, a second text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.advocacy.access import Hindrance
from app.advocacy.models import Standing
from app.core.actors import NETWORK
from app.engagements.eligibility import could_lead, eligibility_of
from app.engagements.models import Engagement, EngagementState, SignatoryState
from app.engagements.queries.deadlines import day_that_counts
from app.engagements.queries.signatories import organisations_of_groups
from app.extensions import db
from app.moments.timing import Timing
from tests.engagements.conftest import Cast
from tests.make.advocacy import make_access, make_occurrence, make_step
from tests.make.engagements import make_engagement, make_signatory
from tests.make.people import make_organisation


def statement(cast: Cast, *signing: Any, **said: Any) -> Engagement:
    values = {"mode": cast.statement, "occurrence": cast.csw_session, "step": cast.closes} | said
    one = make_engagement(cast.csw, cast.group, **values)
    for position, organisation in enumerate(signing):
        make_signatory(one, organisation, is_lead=position == 0)
    return one


def test_the_day_is_that_of_the_submission_then_of_the_deadline_then_today(cast: Cast, now: datetime) -> None:
    today, closes = now.date(), date(2026, 12, 16)
    assert day_that_counts(statement(cast, step=None), now.date()) == today
    assert day_that_counts(statement(cast), now.date()) == closes
    handed_in = statement(cast, state=EngagementState.SUBMITTED, submitted_on=date(2026, 12, 1))
    assert day_that_counts(handed_in, now.date()) == date(2026, 12, 1)
    by_month = make_step(cast.csw_session, closes, timing=Timing.month(2027, 2, "UTC"))
    assert day_that_counts(statement(cast, step=by_month), now.date()) == date(2027, 2, 28)


def test_a_status_that_ends_before_the_deadline_does_not_count(cast: Cast, now: datetime) -> None:
    """R-11: on the day it goes out, not today."""
    make_access(cast.sur, Standing.ECOSOC_ROSTER, until_on=date(2026, 12, 15))
    one = statement(cast, cast.sur)
    [row] = eligibility_of(cast.actor("coordinator"), [one], now)[one.id].in_the_way
    assert row.hindrance is Hindrance.ENDED
    [early] = eligibility_of(cast.actor("coordinator"), [one], now, on=date(2026, 12, 15))[one.id].checked
    assert early.is_eligible


def test_one_co_signatory_is_enough_and_who_declined_is_not_counted(cast: Cast, now: datetime) -> None:
    """R-11: one who is not let in is in the way of all."""
    one = statement(cast, cast.coalition, cast.sur)
    actor = cast.actor("coordinator")
    assert eligibility_of(actor, [one], now)[one.id].is_flagged
    one.signatories[1].state = SignatoryState.DECLINED
    assert not eligibility_of(actor, [one], now)[one.id].is_flagged


def test_who_signs_could_lead_then_the_group_then_the_network(cast: Cast, now: datetime) -> None:
    one, far = statement(cast, cast.sur), make_organisation("Far Federation")
    make_access(far, Standing.ECOSOC_GENERAL)
    in_groups = organisations_of_groups([cast.group.id])
    assert {row.organisation_id for row in could_lead(one, date(2026, 12, 16), in_groups)} == {
        cast.coalition.id,
        far.id,
    }
    make_signatory(one, cast.coalition)
    assert could_lead(one, date(2026, 12, 16), in_groups)[0].organisation_id == cast.coalition.id
    assert could_lead(make_engagement(cast.cescr, cast.group, mode=cast.report), now.date(), []) == []
    assert could_lead(make_engagement(cast.cescr, cast.group), now.date(), []) == []


def test_a_second_text_of_one_organisation_is_flagged_and_names_the_first(cast: Cast, now: datetime) -> None:
    """R-13: one of its own in the same place."""
    first, second = statement(cast, cast.coalition), statement(cast, cast.coalition, made_at=now + timedelta(hours=1))
    found = eligibility_of(cast.actor("coordinator"), [first, second], now)
    assert (found[first.id].has_first, found[second.id].has_first) == (False, True)
    assert found[second.id].first is first
    # who does not read the first learns that there is one
    second.audience = NETWORK
    other = eligibility_of(cast.actor("outsider"), [second], now)[second.id]
    assert (other.has_first, other.first) == (True, None)


@pytest.mark.parametrize(
    "change",
    [
        lambda cast, first, _second: setattr(first, "state", EngagementState.GIVEN_UP),
        lambda cast, _first, second: make_signatory(second, cast.sur),
        lambda cast, first, _second: make_signatory(first, cast.sur),
        lambda cast, first, _second: setattr(first, "occurrence", make_occurrence(cast.csw, number=72)),
        lambda cast, _first, _second: setattr(cast.statement, "is_once_per_organisation", False),
    ],
    ids=["given up", "joint", "the first is joint", "another session", "no such rule"],
)
def test_joint_texts_other_sessions_and_other_ways_are_free(
    cast: Cast, now: datetime, change: Callable[..., object]
) -> None:
    """R-13: it may sign as many others as it likes."""
    first, second = statement(cast, cast.coalition), statement(cast, cast.coalition, made_at=now + timedelta(hours=1))
    change(cast, first, second)
    db.session.flush()
    assert not eligibility_of(cast.actor("coordinator"), [second], now)[second.id].has_first


def test_what_is_watched_is_not_checked(cast: Cast, now: datetime) -> None:
    watched = statement(cast, cast.sur, state=EngagementState.WATCHING, is_watch_only=True)
    assert not eligibility_of(cast.actor("coordinator"), [watched], now)[watched.id].is_flagged


def test_many_cost_as_many_questions_as_one(cast: Cast, now: datetime, count_queries: Any) -> None:
    actor = cast.actor("coordinator")

    def cost(engagements: list[Engagement]) -> int:
        with count_queries() as statements:
            eligibility_of(actor, engagements, now)
        return len(statements)

    several = [statement(cast, cast.sur, cast.coalition) for _one in range(6)]
    assert cost(several) == cost(several[:1])
