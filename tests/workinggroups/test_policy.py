"""Who may do what with groups: answers from keys and the row in hand, and a law about the two audiences."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.actors import NETWORK, PUBLIC, SECRETARIAT, VISITOR, Actor, ActorKind
from app.people.models import Role
from app.workinggroups import policy
from app.workinggroups.keys import carriers_key, contributors_key, coordinators_key, group_key, invited_key
from app.workinggroups.models import (
    Admission,
    GroupInvitation,
    GroupKind,
    GroupMembership,
    GroupState,
    ObserverRequest,
    Standing,
    WorkingGroup,
)

GROUP_ID, ME, OTHER = (UUID(int=number) for number in (1, 2, 3))


def group(**changes) -> WorkingGroup:
    values = {
        "id": GROUP_ID,
        "kind": GroupKind.INTERREGIONAL,
        "state": GroupState.ACTIVE,
        "audience": PUBLIC,
        "admission": Admission.OPEN,
        "eligible": ["member", "ally"],
        "takes_observers": True,
    }
    return WorkingGroup(**values | changes)


def person(*keys: str) -> Actor:
    return Actor(ActorKind.PERSON, ME, frozenset({PUBLIC, *keys}))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sets(st.sampled_from([NETWORK, SECRETARIAT, group_key(GROUP_ID), invited_key(GROUP_ID)])))
def test_whoever_is_inside_knows_that_the_group_exists(keys):
    for audience in (PUBLIC, NETWORK, group_key(GROUP_ID)):
        thing, actor = group(audience=audience), person(*keys)
        assert policy.is_known_to(actor, thing) or not policy.is_inside(actor, thing)
        assert policy.is_known_to(actor, thing) or not policy.sees_by_audience(actor, thing)


def test_a_secret_group_is_known_by_an_invitation_but_not_by_its_audience():
    secret, invited = group(audience=group_key(GROUP_ID)), person(invited_key(GROUP_ID))
    assert policy.is_known_to(invited, secret)
    assert not policy.is_inside(invited, secret)
    assert not policy.sees_by_audience(person(group_key(GROUP_ID)), secret)
    assert policy.sees_by_audience(person(SECRETARIAT), secret)


def test_who_founds_and_runs_groups():
    assert policy.can_found(person(SECRETARIAT))
    assert policy.can_found(person(Role.COORDINATOR.value))
    assert not policy.can_found(person(NETWORK))
    assert policy.can_run(person(coordinators_key(GROUP_ID)), group())
    assert not policy.can_run(person(Role.COORDINATOR.value), group())


@pytest.mark.parametrize(
    ("changes", "takes", "observes"),
    [
        ({}, True, True),
        ({"state": GroupState.CLOSED}, False, False),
        ({"admission": Admission.INVITED}, False, True),
        ({"takes_observers": False}, True, False),
        ({"kind": GroupKind.CHANTIER, "state": GroupState.PROPOSED}, False, True),
        ({"kind": GroupKind.CHANTIER, "state": GroupState.SUSPENDED}, False, True),
        ({"kind": GroupKind.CHANTIER}, True, True),
    ],
)
def test_which_groups_take_people_by_themselves(changes, takes, observes):
    assert policy.takes_people(group(**changes)) is takes
    assert policy.may_be_asked_to_observe(group(**changes)) is observes


def test_who_contributes_and_has_a_voice():
    inside = person(group_key(GROUP_ID), contributors_key(GROUP_ID))
    assert policy.can_contribute(inside, group())
    assert not policy.can_contribute(inside, group(state=GroupState.CLOSED))
    assert not policy.can_contribute(person(group_key(GROUP_ID)), group())
    for standing in Standing:
        place = GroupMembership(standing=standing, left_at=None)
        assert policy.has_voice(place) is (standing is Standing.MEMBER)


def test_nobody_decides_about_their_own_request():
    wish = ObserverRequest(group=group(), person_id=OTHER)
    runs = person(coordinators_key(GROUP_ID))
    assert policy.can_decide_observers(runs, wish)
    wish.person_id = ME
    assert not policy.can_decide_observers(runs, wish)


def test_everybody_ends_their_own_place_and_coordinators_those_of_others():
    own, other = (GroupMembership(group=group(), person_id=who) for who in (ME, OTHER))
    assert policy.can_end_place(person(), own)
    assert not policy.can_end_place(person(), other)
    assert policy.can_end_place(person(coordinators_key(GROUP_ID)), other)


def test_r20_only_carriers_invite_from_outside_and_into_chantiers_alone():
    chantier, carrier = group(kind=GroupKind.CHANTIER), person(carriers_key(GROUP_ID))
    assert policy.can_invite_outside(carrier, chantier)
    assert policy.can_invite(carrier, chantier)
    assert not policy.can_invite_outside(carrier, group())
    assert not policy.can_invite_outside(person(SECRETARIAT), chantier)
    assert not policy.can_invite(carrier, group(kind=GroupKind.CHANTIER, state=GroupState.CLOSED))


def test_nobody_answers_an_invitation_for_somebody_else():
    mine = GroupInvitation(person_id=ME, organisation_id=None)
    assert policy.can_answer(person(), mine)
    assert not policy.can_answer(replace(person(), person_id=OTHER), mine)
    assert not policy.can_answer(VISITOR, mine)
    of_organisation = GroupInvitation(person_id=None, organisation_id=OTHER)
    assert policy.can_answer(person(f"mandated:{OTHER}"), of_organisation)
    assert not policy.can_answer(person(), of_organisation)
