"""Who may do what, for each standing in a group."""

from __future__ import annotations

import pytest

from app.core.permissions import can
from app.core.registries import actor_at
from app.workinggroups.models import GroupState, Standing
from tests.conftest import START
from tests.make.decisions import make_decision
from tests.make.people import make_account, make_person, make_secretary
from tests.make.workinggroups import make_place

ACTS = ("read", "ask", "take_part", "record_proxy", "propose", "answer", "change", "lead")
MAY = {
    "outsider": set(),
    "observer": {"read", "ask"},
    "guest": {"read", "ask", "take_part", "record_proxy", "propose"},
    "member": {"read", "ask", "take_part", "record_proxy", "propose"},
    "coordinator": set(ACTS),
    "secretary": {"read", "ask", "answer", "change", "lead", "record_proxy"},
}


@pytest.fixture
def cast(circle):
    people = {"outsider": make_person(), "secretary": make_secretary(), "coordinator": circle.coordinator}
    for standing in Standing:
        people[standing.value] = make_person()
        make_account(people[standing.value])
        make_place(circle.group, people[standing.value], standing=standing)
    return people


def acts_of(person, decision) -> set[str]:
    actor = actor_at(person.id, START)
    things = {act: decision.group if act == "propose" else decision for act in ACTS}
    return {act for act, thing in things.items() if can(actor, f"decisions.{act}", thing)}


@pytest.mark.parametrize("role", MAY)
def test_each_may_what_their_place_allows(circle, cast, role):
    assert acts_of(cast[role], make_decision(circle)) == MAY[role]


def test_in_a_closed_group_there_is_nothing_to_do_but_read(circle, cast):
    decision = make_decision(circle)
    circle.group.state = GroupState.CLOSED
    assert acts_of(cast["member"], decision) == {"read"}
