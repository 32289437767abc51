"""Who leads and co-signs: once each, answered by mandates, one lead."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import current_app

from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.core.registries import actor_at
from app.engagements import queries, services
from app.engagements.models import Engagement, EngagementState, SignatoryState
from app.engagements.services import OnTheListAlready
from app.engagements.waiting import waiting
from app.extensions import db
from app.people.models import Role
from tests.engagements.conftest import Cast
from tests.make.engagements import make_engagement, make_signatory
from tests.make.people import make_account, make_person, make_role


@pytest.fixture
def one(cast: Cast) -> Engagement:
    return make_engagement(cast.csw, cast.group, mode=cast.statement, occurrence=cast.csw_session)


def test_an_organisation_is_on_the_list_once(cast: Cast, one: Engagement, now: datetime) -> None:
    actor = cast.actor("coordinator")
    services.ask_organisation(actor, one, cast.sur, now=now)
    with pytest.raises(OnTheListAlready, match="already on the list"):
        services.ask_organisation(actor, one, cast.sur, is_lead=True, now=now)
    with pytest.raises(NotAllowed):
        services.ask_organisation(cast.actor("member"), one, cast.coalition, now=now)


def test_there_is_one_lead_and_another_may_take_over(cast: Cast, one: Engagement, now: datetime) -> None:
    actor = cast.actor("coordinator")
    sur = services.ask_organisation(actor, one, cast.sur, is_lead=True, now=now)
    coalition = services.ask_organisation(actor, one, cast.coalition, is_lead=True, now=now)
    assert one.lead is coalition
    for _twice in range(2):
        services.make_lead(actor, sur, now=now)
        assert one.lead is sur
        assert [row.is_lead for row in one.signatories] == [True, False]


def test_whoever_has_the_mandate_answers_and_nobody_else(cast: Cast, one: Engagement, now: datetime) -> None:
    row = services.ask_organisation(cast.actor("coordinator"), one, cast.sur, is_lead=True, now=now)
    assert row.state is SignatoryState.ASKED
    for role in ("coordinator", "secretary", "other_speaker"):
        with pytest.raises(NotAllowed):
            services.agree(cast.actor(role), row, now=now)
    for _twice in range(2):
        services.agree(cast.actor("speaker"), row, now=now)
        assert (row.state, row.answered_by) == (SignatoryState.AGREED, cast.speaker.id)
    services.decline(cast.actor("speaker"), row, now=now)
    assert (row.state, row.is_lead) == (SignatoryState.DECLINED, False)
    with pytest.raises(RuleBroken, match="declined"):
        services.make_lead(cast.actor("coordinator"), row, now=now)
    services.agree(cast.actor("speaker"), row, now=now)
    services.make_lead(cast.actor("coordinator"), row, now=now)
    assert one.lead is row


def test_an_ended_mandate_is_told_so(cast: Cast, one: Engagement, now: datetime) -> None:
    former = make_person("Former Example")
    make_account(former)
    make_role(former, Role.MANDATED, cast.sur.id, until_on=(now - timedelta(days=1)).date())
    row = make_signatory(one, cast.sur, state=SignatoryState.ASKED, added_at=now - timedelta(days=3))
    actor = actor_at(former.id, now)
    assert queries.get_engagement_to_answer(actor, one.id, row.id, now.date()) is row
    with pytest.raises(NotAllowed) as refused:
        services.agree(actor, row, now=now)
    assert "ended on" in str(refused.value.message)
    later = make_signatory(one, cast.coalition, state=SignatoryState.ASKED)
    with pytest.raises(NotFound):
        queries.get_engagement_to_answer(actor, one.id, later.id, now.date())


def test_taking_off_and_what_is_handed_in_stays_named(cast: Cast, one: Engagement, now: datetime) -> None:
    actor, row = cast.actor("coordinator"), make_signatory(one, cast.sur)
    services.take_off(actor, row, now=now)
    assert one.signatories == []
    row = make_signatory(one, cast.sur)
    one.state, one.submitted_on = EngagementState.SUBMITTED, now.date()
    db.session.flush()
    with pytest.raises(RuleBroken, match="stays named"):
        services.take_off(actor, row, now=now)
    with pytest.raises(RuleBroken):
        services.ask_organisation(actor, one, cast.coalition, now=now)
    with pytest.raises(RuleBroken):
        services.decline(cast.actor("speaker"), row, now=now)
    with pytest.raises(RuleBroken):
        services.make_lead(actor, row, now=now)


def test_what_an_organisation_is_asked_waits_for_whoever_speaks_for_it(
    cast: Cast, one: Engagement, now: datetime
) -> None:
    lead = make_signatory(one, cast.sur, is_lead=True, state=SignatoryState.ASKED)
    make_signatory(one, cast.coalition, state=SignatoryState.ASKED)
    with current_app.test_request_context():
        [line] = waiting(cast.actor("speaker"), now)
        assert "Red Hábitat Sur is asked to lead" in line.sentence
        assert line.href.endswith(f"/organisations/{lead.id}/answer")
        [line] = waiting(cast.actor("other_speaker"), now)
        assert "asked to co-sign" in line.sentence
        assert waiting(cast.actor("coordinator"), now) == []
