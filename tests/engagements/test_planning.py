"""Planning, changing, groups, readers, giving up: each rule of the services."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.advocacy.models import Claim, StepCode
from app.core.actors import NETWORK
from app.core.errors import NotAllowed, RuleBroken
from app.engagements import services
from app.engagements.keys import engagement_key
from app.engagements.models import Engagement, EngagementState, SignatoryState
from app.engagements.services import ChangedMeanwhile, Plan
from app.workinggroups.models import GroupState
from tests.engagements.conftest import Cast
from tests.make.advocacy import make_occurrence, make_step
from tests.make.engagements import make_engagement, make_signatory
from tests.make.workinggroups import make_coordinator


def plan_of(cast: Cast, **said: object) -> Plan:
    return Plan(**{"title": "Statement", "language": "en", "space": cast.csw} | said)


def planned(cast: Cast, now: datetime, **said: object) -> Engagement:
    return services.plan_engagement(cast.actor("coordinator"), groups=[cast.group], plan=plan_of(cast, **said), now=now)


def test_a_plan_is_for_those_inside_and_finds_its_deadline(cast: Cast, now: datetime) -> None:
    one = planned(
        cast, now, occurrence=cast.csw_session, mode=cast.statement, goals=[11, 5, 11], claims=[Claim.RIGHT_TO_LAND]
    )
    assert (one.state, one.audience, one.version) == (EngagementState.PLANNED, engagement_key(one.id), 1)
    assert one.step is cast.closes
    assert [row.goal for row in one.goals] == [5, 11]
    assert one.made_by == cast.coordinator.id


def test_a_deadline_of_the_kind_stands_in_where_none_names_the_way(cast: Cast, now: datetime) -> None:
    session = make_occurrence(cast.cescr)
    step = make_step(session, date(2027, 2, 8), StepCode.PARALLEL_REPORT)
    make_step(session, date(2027, 1, 8), StepCode.ORAL_STATEMENT_REQUEST)
    one = planned(cast, now, space=cast.cescr, occurrence=session, mode=cast.report)
    assert one.step is step
    assert planned(cast, now, occurrence=cast.csw_session).step is None


def test_the_lead_is_asked_and_agrees_at_once_where_the_planner_speaks_for_it(cast: Cast, now: datetime) -> None:
    make_coordinator(cast.group, cast.speaker)
    for role, state in (("coordinator", SignatoryState.ASKED), ("speaker", SignatoryState.AGREED)):
        one = services.plan_engagement(
            cast.actor(role), groups=[cast.group], plan=plan_of(cast), lead=cast.sur, now=now
        )
        assert one.lead is not None
        assert one.lead.state is state


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"aim": "x" * 4001}, "aim"),
        ({"goals": [0]}, "goals"),
        ({"goals": [18]}, "goals"),
    ],
)
def test_what_is_too_short_too_long_or_unknown_is_refused_at_its_field(
    cast: Cast, now: datetime, said: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        planned(cast, now, **said)
    assert refused.value.field == field


def test_session_way_and_deadline_are_those_of_the_space(cast: Cast, now: datetime) -> None:
    for said, field in (
        ({"space": cast.cescr, "occurrence": cast.csw_session}, "occurrence"),
        ({"mode": cast.report}, "mode"),
        ({"step": cast.closes}, "step"),
    ):
        with pytest.raises(RuleBroken) as refused:
            planned(cast, now, **said)
        assert refused.value.field == field


def test_somebody_runs_each_group_and_there_is_one(cast: Cast, now: datetime) -> None:
    actor = cast.actor("coordinator")
    with pytest.raises(RuleBroken):
        services.plan_engagement(actor, groups=[], plan=plan_of(cast), now=now)
    with pytest.raises(NotAllowed):
        services.plan_engagement(actor, groups=[cast.group, cast.other_group], plan=plan_of(cast), now=now)
    with pytest.raises(NotAllowed):
        services.plan_engagement(cast.actor("member"), groups=[cast.group], plan=plan_of(cast), now=now)
    cast.group.state = GroupState.CLOSED
    with pytest.raises(NotAllowed):
        services.plan_engagement(actor, groups=[cast.group], plan=plan_of(cast), now=now)


def test_changing_counts_and_the_same_words_change_nothing(cast: Cast, now: datetime) -> None:
    one, actor = planned(cast, now), cast.actor("coordinator")
    services.change_engagement(actor, one, plan_of(cast), version=1, now=now)
    assert one.version == 1
    services.change_engagement(actor, one, plan_of(cast, title="Another", goals=[6]), version=1, now=now)
    assert (one.title, one.version) == ("Another", 2)
    with pytest.raises(ChangedMeanwhile):
        services.change_engagement(actor, one, plan_of(cast, title="A third"), version=1, now=now)


def test_watching_becomes_a_plan_and_what_is_in_the_making_stays_so(cast: Cast, now: datetime) -> None:
    one, actor = planned(cast, now, is_watch_only=True), cast.actor("coordinator")
    assert one.state is EngagementState.WATCHING
    services.change_engagement(actor, one, plan_of(cast), version=1, now=now)
    assert one.state is EngagementState.PLANNED
    one.state = EngagementState.IN_THE_MAKING
    services.change_engagement(actor, one, plan_of(cast, title="New"), version=2, now=now)
    assert one.state is EngagementState.IN_THE_MAKING


def test_what_is_handed_in_is_not_planned_any_more(cast: Cast, now: datetime) -> None:
    handed_in = make_engagement(cast.csw, cast.group, state=EngagementState.SUBMITTED, submitted_on=now.date())
    actor = cast.actor("coordinator")
    with pytest.raises(RuleBroken, match="handed in already"):
        services.change_engagement(actor, handed_in, plan_of(cast), version=1, now=now)
    with pytest.raises(RuleBroken, match="handed in already"):
        services.give_up(actor, handed_in, because="No time", now=now)


def test_groups_come_and_go_by_whoever_runs_them(cast: Cast, now: datetime) -> None:
    one, actor = planned(cast, now), cast.actor("coordinator")
    for groups in ([cast.group, cast.other_group], []):
        with pytest.raises(RuleBroken) as refused:
            services.set_groups(actor, one, groups, now=now)
        assert refused.value.field == "groups"
    make_coordinator(cast.other_group, cast.coordinator)
    actor = cast.actor("coordinator")
    services.set_groups(actor, one, [cast.group, cast.other_group], now=now)
    assert {group.id for group in one.groups} == {cast.group.id, cast.other_group.id}
    services.set_groups(actor, one, [cast.other_group], now=now)
    assert [group.id for group in one.groups] == [cast.other_group.id]
    services.set_groups(actor, one, [cast.other_group], now=now)


def test_a_closed_group_does_not_come_in(cast: Cast, now: datetime) -> None:
    one = planned(cast, now)
    make_coordinator(cast.other_group, cast.coordinator)
    cast.other_group.state = GroupState.CLOSED
    with pytest.raises(RuleBroken):
        services.set_groups(cast.actor("coordinator"), one, [cast.group, cast.other_group], now=now)


def test_the_network_reads_it_and_reads_it_no_more(cast: Cast, now: datetime) -> None:
    one, actor = planned(cast, now), cast.actor("coordinator")
    for _twice in range(2):
        services.open_to_network(actor, one, now=now)
        assert one.audience == NETWORK
    services.close_to_network(actor, one, now=now)
    assert one.audience == engagement_key(one.id)
    with pytest.raises(NotAllowed):
        services.open_to_network(cast.actor("member"), one, now=now)


def test_giving_up_says_why_and_can_be_taken_back(cast: Cast, now: datetime) -> None:
    one, actor = planned(cast, now), cast.actor("coordinator")
    make_signatory(one, cast.sur)
    with pytest.raises(RuleBroken) as refused:
        services.give_up(actor, one, because="  ", now=now)
    assert refused.value.field == "because"
    with pytest.raises(RuleBroken, match="goes on already"):
        services.take_up_again(actor, one, now=now)
    for _twice in range(2):
        services.give_up(actor, one, because="Nobody has the status.", now=now)
        assert (one.state, one.given_up_because) == (EngagementState.GIVEN_UP, "Nobody has the status.")
    with pytest.raises(RuleBroken, match="given up"):
        services.change_engagement(actor, one, plan_of(cast), version=one.version, now=now)
    services.take_up_again(actor, one, now=now)
    assert (one.state, one.given_up_because) == (EngagementState.PLANNED, "")


def test_watching_can_be_given_up_and_taken_up(cast: Cast, now: datetime) -> None:
    one, actor = planned(cast, now, is_watch_only=True), cast.actor("coordinator")
    services.give_up(actor, one, because="Nothing happens there.", now=now)
    services.take_up_again(actor, one, now=now)
    assert one.state is EngagementState.WATCHING
