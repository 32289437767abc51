"""Who goes: once each, in the order of days, seen by those inside alone."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from flask import current_app

from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.engagements import queries, services
from app.engagements.models import Engagement, EngagementState, Part
from app.engagements.services import Going, PersonTwice
from app.engagements.showing_delegation import delegates_shown, people_to_choose
from tests.engagements.conftest import Cast
from tests.make.engagements import make_delegate, make_engagement, make_signatory


@pytest.fixture
def one(cast: Cast) -> Engagement:
    return make_engagement(cast.csw, cast.group)


def test_somebody_of_the_house_or_a_name_goes_once(cast: Cast, one: Engagement, now: datetime) -> None:
    actor = cast.actor("coordinator")
    services.add_delegate(actor, one, Going(person_id=cast.member.id, part=Part.SPEAKS), now=now)
    with pytest.raises(PersonTwice):
        services.add_delegate(actor, one, Going(person_id=cast.member.id), now=now)
    services.add_delegate(actor, one, Going(name="  Amina   Exemple "), now=now)
    assert [row.name for row in queries.list_delegates(one)] == ["", "Amina Exemple"]
    with current_app.test_request_context():
        assert [str(row.name) for row in delegates_shown(actor, one)] == ["Fatou Exemple", "Amina Exemple"]
        names = [name for _id, name in people_to_choose(actor, one, None, now)]
        assert names == ["Huda Example", "Rosa Ejemplo"]


def test_only_people_inside_are_chosen_by_the_house(cast: Cast, one: Engagement, now: datetime) -> None:
    actor = cast.actor("coordinator")
    with pytest.raises(RuleBroken) as refused:
        services.add_delegate(actor, one, Going(person_id=cast.speaker.id), now=now)
    assert refused.value.field == "person"
    make_signatory(one, cast.sur)
    row = services.add_delegate(actor, one, Going(person_id=cast.speaker.id), now=now)
    with pytest.raises(RuleBroken):
        services.change_delegate(actor, row, Going(person_id=cast.outsider.id), now=now)
    for role in ("member", "speaker"):
        with pytest.raises(NotAllowed):
            services.add_delegate(cast.actor(role), one, Going(name="X"), now=now)


@pytest.mark.parametrize(
    ("going", "field"),
    [
        ({}, "name"),
        ({"name": "X", "is_member": True}, "name"),
        ({"name": "X", "arrives_on": date(2027, 3, 9), "leaves_on": date(2027, 3, 8)}, "leaves_on"),
        ({"name": "x" * 161}, "name"),
        ({"name": "X", "languages": "x" * 121}, "languages"),
        ({"name": "X", "note": "x" * 501}, "note"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    cast: Cast, one: Engagement, now: datetime, going: dict[str, object], field: str
) -> None:
    person = {"person_id": cast.member.id} if going.pop("is_member", False) else {}
    with pytest.raises(RuleBroken) as refused:
        services.add_delegate(cast.actor("coordinator"), one, Going(**going, **person), now=now)
    assert refused.value.field == field
    going["is_member"] = bool(person)


def test_changing_and_taking_out(cast: Cast, one: Engagement, now: datetime) -> None:
    actor, row = cast.actor("coordinator"), make_delegate(one, cast.member)
    other = make_delegate(one)
    services.change_delegate(actor, other, Going(name="Bola Exemple", part=Part.RESERVE), now=now)
    assert (other.name, other.part) == ("Bola Exemple", Part.RESERVE)
    with pytest.raises(PersonTwice):
        services.change_delegate(actor, other, Going(person_id=cast.member.id), now=now)
    services.remove_delegate(actor, row, now=now)
    with pytest.raises(NotFound):
        queries.get_delegate(one, row.id)
    with pytest.raises(NotFound):
        queries.get_delegate(make_engagement(cast.csw, cast.group), other.id)


def test_nobody_joins_what_was_given_up(cast: Cast, now: datetime) -> None:
    gone = make_engagement(cast.csw, cast.group, state=EngagementState.GIVEN_UP)
    with pytest.raises(RuleBroken, match="given up"):
        services.add_delegate(cast.actor("coordinator"), gone, Going(name="X"), now=now)
