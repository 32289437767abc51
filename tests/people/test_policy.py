"""Who may do what with people: pure answers, role by role."""

from uuid import uuid4

import pytest

from app.core.actors import VISITOR, Actor, ActorKind, job, link_holder
from app.people import policy
from app.people.keys import mandate_key
from app.people.models import Affiliation, Appearance, Organisation, Person, Role, RoleGrant

ME, OTHER, ORGANISATION = uuid4(), uuid4(), uuid4()


def person_with(*keys: str) -> Actor:
    return Actor(ActorKind.PERSON, ME, frozenset({"public", *keys}))


SECRETARY = person_with("secretariat", "network")
MEMBER = person_with("network", "affiliation:member")
NEWCOMER = person_with()
MANDATED = person_with("network", mandate_key(ORGANISATION))
COMMAND = job("people.invite")


def somebody(appearance: Appearance = Appearance.NOBODY, person_id=OTHER) -> Person:
    return Person(id=person_id, name="Example", appearance=appearance)


def affiliation_of(person_id=OTHER, organisation_id=ORGANISATION) -> Affiliation:
    return Affiliation(person_id=person_id, organisation_id=organisation_id)


@pytest.mark.parametrize(
    ("actor", "appearance", "is_mate", "shown"),
    [
        (VISITOR, Appearance.NOBODY, False, False),
        (VISITOR, Appearance.NETWORK, False, False),
        (VISITOR, Appearance.PUBLIC, False, True),
        (NEWCOMER, Appearance.NETWORK, False, False),
        (MEMBER, Appearance.NOBODY, False, False),
        (MEMBER, Appearance.NETWORK, False, True),
        (MEMBER, Appearance.NOBODY, True, True),
        (SECRETARY, Appearance.NOBODY, False, True),
        (link_holder(OTHER), Appearance.NOBODY, False, True),
    ],
)
def test_a_name_appears_to_those_the_person_agreed_to(actor, appearance, is_mate, shown):
    assert policy.appears_to(actor, somebody(appearance), is_mate=is_mate) is shown


def test_everybody_reads_their_own_name():
    assert policy.appears_to(NEWCOMER, somebody(person_id=ME))


@pytest.mark.parametrize("question", [policy.can_open_desk, policy.can_give_role])
def test_the_desk_is_the_secretariats(question):
    assert question(SECRETARY)
    assert question(COMMAND)
    assert not any(question(actor) for actor in (VISITOR, NEWCOMER, MEMBER, MANDATED))


def test_a_profile_is_its_persons_alone():
    assert policy.can_edit_own(NEWCOMER)
    assert policy.can_edit_own(NEWCOMER, somebody(person_id=ME))
    assert not policy.can_edit_own(SECRETARY, somebody())
    assert not policy.can_edit_own(link_holder(ME), somebody(person_id=ME))
    assert not policy.can_edit_own(VISITOR)


def test_the_secretariat_and_who_speaks_for_the_organisation_decide_about_an_affiliation():
    assert policy.can_decide_affiliation(SECRETARY, affiliation_of())
    assert policy.can_decide_affiliation(MANDATED, affiliation_of())
    assert not policy.can_decide_affiliation(MANDATED, affiliation_of(organisation_id=uuid4()))
    assert not policy.can_decide_affiliation(MANDATED, affiliation_of(organisation_id=None))
    assert not policy.can_decide_affiliation(MEMBER, affiliation_of())


def test_speaking_for_an_organisation_does_not_confirm_oneself():
    assert not policy.can_decide_affiliation(MANDATED, affiliation_of(person_id=ME))


def test_who_speaks_for_an_organisation_sees_who_asks_to_belong():
    assert policy.can_decide_for(MANDATED, Organisation(id=ORGANISATION))
    assert not policy.can_decide_for(MANDATED, Organisation(id=uuid4()))
    assert policy.can_decide_for(SECRETARY, Organisation(id=uuid4()))


def test_one_may_leave_and_the_secretariat_may_end():
    assert policy.can_end_affiliation(NEWCOMER, affiliation_of(person_id=ME))
    assert policy.can_end_affiliation(SECRETARY, affiliation_of())
    assert not policy.can_end_affiliation(MANDATED, affiliation_of())


def test_nobody_raises_themselves():
    assert policy.can_give_role(SECRETARY, somebody())
    assert not policy.can_give_role(SECRETARY, somebody(person_id=ME))


def test_one_may_lay_down_ones_own_role():
    assert policy.can_take_role(NEWCOMER, RoleGrant(person_id=ME, role=Role.COORDINATOR))
    assert not policy.can_take_role(NEWCOMER, RoleGrant(person_id=OTHER, role=Role.COORDINATOR))
    assert policy.can_take_role(SECRETARY, RoleGrant(person_id=OTHER, role=Role.COORDINATOR))
    assert not policy.can_take_role(MEMBER)
