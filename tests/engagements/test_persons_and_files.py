"""What engagements hold about a person, what a group takes along, what is found and printed elsewhere, and its cost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import current_app

from app.core.actors import NETWORK
from app.core.registries import cards
from app.engagements import personal_data, services
from app.engagements.history import history_of
from app.engagements.models import ENGAGEMENT, Delegate, Engagement, Part
from app.engagements.searching import documents
from app.engagements.services import Plan
from app.extensions import db
from tests.engagements.conftest import Cast
from tests.journeys.reader import Reader
from tests.make.engagements import make_delegate, make_engagement, make_signatory
from tests.make.exports import exported
from tests.make.people import make_person, sign_in


def test_a_person_takes_along_what_they_did_and_where_they_go(cast: Cast, now: datetime) -> None:
    one = make_engagement(cast.csw, cast.group, made_by=cast.member.id)
    make_delegate(one, cast.member, part=Part.SPEAKS, note="Vegetarian", added_by=cast.member.id)
    make_signatory(one, cast.sur, answered_by=cast.member.id)
    held = personal_data.export_person(cast.member.id)
    assert set(held) == set(personal_data.HOLDINGS)
    assert [row["title"] for row in held["engagements"]] == ["Example statement"]
    assert [row["note"] for row in held["delegations"]] == ["Vegetarian"]
    assert len(held["answers"]) == 2
    assert held["sign_offs"] == []


def test_two_rows_of_one_person_become_one_place_in_the_delegation(cast: Cast, now: datetime) -> None:
    one, other = make_engagement(cast.csw, cast.group), make_engagement(cast.cescr, cast.group)
    twin = make_person("Fatou E.")
    for engagement in (one, other):
        make_delegate(engagement, twin)
    make_delegate(one, cast.member, part=Part.RESERVE)
    personal_data.merge_person(cast.member.id, twin.id, now)
    rows = db.session.query(Delegate).order_by(Delegate.engagement_id == other.id).all()
    assert [(row.person_id, row.part) for row in rows] == [
        (cast.member.id, Part.RESERVE),
        (cast.member.id, Part.SPEAKS),
    ]


def test_whoever_is_erased_goes_with_their_journey_and_the_plan_stays(cast: Cast, now: datetime) -> None:
    one = make_engagement(cast.csw, cast.group, made_by=cast.member.id)
    row = make_delegate(one, cast.member)
    kept = make_delegate(one, added_by=cast.member.id)
    personal_data.erase_person(cast.member.id, now)
    db.session.expire_all()
    assert db.session.get(Delegate, row.id) is None
    assert (kept.added_by, db.session.get_one(Engagement, one.id).made_by) == (None, None)


def test_a_group_takes_its_engagements_along_without_the_delegation(cast: Cast, now: datetime) -> None:
    one = make_engagement(cast.csw, cast.group, mode=cast.statement, occurrence=cast.csw_session, step=cast.closes)
    make_signatory(one, cast.sur, is_lead=True)
    make_delegate(one, name="Amina Exemple")
    make_engagement(cast.csw, cast.other_group, title="Of others")
    found = exported(cast.actor("coordinator"), cast.group, now)
    [row] = found.rows("engagements")
    assert (row["Title"], row["State"], row["Space"]) == ("Example statement", "Planned", "CSW")
    assert row["What is in the way"] == "Not eligible: ECOSOC status needed"
    assert found.group["engagements"][0]["state"] == "planned"
    [signing] = found.rows("engagement-organisations")
    assert signing["Organisation"] == "Red Hábitat Sur"
    assert "Amina" not in str(found.group)


def test_cards_and_documents_are_for_whoever_reads_it(cast: Cast, now: datetime) -> None:
    one = make_engagement(cast.csw, cast.group, aim="A moratorium")
    for role, is_read in (("member", True), ("outsider", False)):
        assert bool(cards([(ENGAGEMENT, one.id)], cast.actor(role))) is is_read
    [document] = documents([one.id])
    assert (document.audience, document.title, document.text) == (one.audience, "Example statement", "A moratorium")
    one.audience = NETWORK
    db.session.flush()
    assert cards([(ENGAGEMENT, one.id)], cast.actor("outsider"))[one.id].state == "planned"
    assert documents([one.id])[0].audience == NETWORK


def test_what_happened_is_told_with_names(cast: Cast, now: datetime) -> None:
    actor = cast.actor("coordinator")
    plan = Plan(title="Statement", language="en", space=cast.csw)
    one = services.plan_engagement(actor, groups=[cast.group], plan=plan, lead=cast.sur, now=now)
    services.open_to_network(actor, one, now=now + timedelta(minutes=1))
    with current_app.test_request_context():
        told = history_of(actor, one)
    assert str(told[0].act) == "Opened to the network"
    assert {"Planned", "<bdi>Red Hábitat Sur</bdi> was asked"} <= {str(row.act) for row in told}
    assert {str(row.by) for row in told} == {"Huda Example"}


def test_a_long_list_costs_as_many_questions_as_a_short_one(cast: Cast, now: datetime, app: Any, count_queries: Any):
    def cost(path: str) -> int:
        db.session.commit()
        reader = Reader(sign_in(app.test_client(), cast.coordinator))
        reader.open(path)
        with count_queries() as statements:
            reader.client.get(path)
        return len(statements)

    def more(count: int) -> None:
        for number in range(count):
            one = make_engagement(
                cast.csw, cast.group, title=f"Statement {number}", mode=cast.statement, step=cast.closes,
                occurrence=cast.csw_session, made_at=now + timedelta(minutes=number),
            )  # fmt: skip
            make_signatory(one, cast.sur, is_lead=True)
            make_signatory(one, cast.coalition)

    more(2)
    paths = ("/advocacy/engagements/", "/groups/land-group", "/advocacy/spaces/csw")
    few = [cost(path) for path in paths]
    more(12)
    assert [cost(path) for path in paths] == few
