"""Keys and their holders are the same fact read from two sides."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import registries
from app.extensions import db
from app.people.keys import HOLDERS, affiliation_key, keys_of, mandate_key
from app.people.models import AffiliationKind, AffiliationState, Role
from tests.conftest import START
from tests.make.people import make_account, make_affiliation, make_organisation, make_person, make_role

TODAY = START.date()
days = st.integers(-3, 3).map(lambda offset: TODAY + timedelta(days=offset))
affiliations = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(AffiliationKind),
        st.sampled_from(AffiliationState),
        days,
        st.none() | st.integers(0, 4),
    ),
    max_size=6,
)
roles = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(Role), st.booleans()), max_size=5, unique_by=lambda r: r[:2]
)


proofs = st.lists(st.sampled_from(["proven", "unproven", "no account"]), min_size=3, max_size=3)


@given(affiliations=affiliations, roles=roles, proofs=proofs)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_who_holds_a_key_is_who_has_it_among_their_keys(app, affiliations, roles, proofs):
    with db.session.begin_nested() as undone:
        persons = [make_person() for _ in range(3)]
        for person, proof in zip(persons, proofs, strict=True):
            if proof != "no account":
                make_account(person, verified_at=START if proof == "proven" else None)
        organisation = make_organisation()
        for place, kind, state, first, length in affiliations:
            until = None if length is None else first + timedelta(days=length)
            make_affiliation(persons[place], make_organisation(), kind=kind, state=state, from_on=first, until_on=until)
        for place, role, is_over in roles:
            grant = make_role(persons[place], role, organisation.id if role is Role.MANDATED else None)
            grant.ended_at = START if is_over else None
        db.session.flush()
        ids = [person.id for person in persons]
        keys = keys_of(ids, START)
        possible = {"network", "secretariat", "coordinator", mandate_key(organisation.id)}
        possible |= {affiliation_key(kind) for kind in AffiliationKind}
        for key, person_id in product(possible, ids):
            if proofs[ids.index(person_id)] != "proven":
                assert not {"secretariat", "coordinator", mandate_key(organisation.id)} & keys.get(person_id, set())
            assert (person_id in registries.audience_holders(key, START)) == (key in keys.get(person_id, set()))
        undone.rollback()


@pytest.mark.parametrize(
    ("state", "first", "last", "counts"),
    [
        ("confirmed", TODAY, None, True),
        ("confirmed", TODAY, TODAY, True),
        ("confirmed", TODAY + timedelta(days=1), None, False),
        ("confirmed", date(2020, 1, 1), TODAY - timedelta(days=1), False),
        ("pending", date(2020, 1, 1), None, False),
        ("refused", date(2020, 1, 1), None, False),
    ],
)
def test_an_affiliation_gives_keys_on_its_days_once_confirmed(app, state, first, last, counts):
    person = make_person()
    make_affiliation(person, make_organisation(), state=AffiliationState(state), from_on=first, until_on=last)
    keys = keys_of([person.id], START).get(person.id, set())
    assert keys == ({"network", "affiliation:member"} if counts else set())


def test_the_secretariat_belongs_to_the_network_without_an_affiliation(app):
    person = make_person()
    make_account(person)
    make_role(person, Role.SECRETARIAT)
    assert keys_of([person.id], START)[person.id] == {"secretariat", "network"}


def test_a_role_of_an_address_that_nobody_confirmed_opens_nothing(app):
    person, other = make_person(), make_person("Without an account")
    make_account(person, verified_at=None)
    for one in (person, other):
        make_role(one, Role.SECRETARIAT)
        make_role(one, Role.MANDATED, make_organisation().id)
    assert keys_of([person.id, other.id], START) == {}
    assert registries.audience_holders("secretariat", START) == set()


def test_every_kind_of_key_of_people_has_its_holders():
    assert set(HOLDERS) == {"network", "secretariat", "coordinator", "affiliation", "mandated"}
