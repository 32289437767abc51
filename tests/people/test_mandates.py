"""Mandates count on their days alone; one row stands open for a person and an organisation."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.actors import job
from app.core.audit import AuditLine
from app.core.errors import NotAllowed, RuleBroken
from app.core.registries import actor_at, audience_holders
from app.extensions import db
from app.people import services
from app.people.keys import mandate_key
from app.people.models import Role, RoleGrant
from app.people.services import Days, HoldsMandate
from tests.conftest import START
from tests.make.people import make_member, make_organisation, make_role, make_secretary

TODAY, DAY = START.date(), timedelta(days=1)
HOUSE = job("tests")


@pytest.fixture
def union(app, now):
    return make_organisation("Example Union")


def give(person, union, first=None, last=None, now=START):
    return services.give_role(
        HOUSE, person, role=Role.MANDATED, organisation_id=union.id, days=Days(first, last), now=now
    )


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY + DAY, None, False),
        (None, TODAY - DAY, False),
        (TODAY - DAY, TODAY + DAY, True),
    ],
)
def test_a_mandate_counts_on_its_days(union, first, last, counts):
    person = make_member()
    make_role(person, Role.MANDATED, union.id, from_on=first, until_on=last)
    assert actor_at(person.id, START).holds(mandate_key(union.id)) is counts
    assert (person.id in audience_holders(mandate_key(union.id), START)) is counts


def test_it_falls_away_at_the_end_of_its_last_day(union):
    person = make_member()
    give(person, union, None, TODAY)
    last_minute = START.replace(hour=23, minute=59)
    assert actor_at(person.id, last_minute).holds(mandate_key(union.id))
    assert not actor_at(person.id, last_minute + timedelta(minutes=1)).holds(mandate_key(union.id))


def test_one_that_holds_is_not_doubled_and_the_same_is_the_same(union):
    person = make_member()
    first = give(person, union, TODAY, TODAY + DAY)
    assert give(person, union, TODAY, TODAY + DAY) is first
    with pytest.raises(HoldsMandate):
        give(person, union, TODAY, TODAY + 9 * DAY)


def test_one_that_is_over_is_closed_when_another_is_given(union):
    person = make_member()
    first = give(person, union, None, TODAY)
    later = START + 3 * DAY
    second = give(person, union, now=later)
    db.session.refresh(first)
    assert (first.ended_at, first.until_on, second.ended_at) == (later, TODAY, None)
    assert actor_at(person.id, later).holds(mandate_key(union.id))


@pytest.mark.parametrize(
    ("role", "first", "last"),
    [(Role.MANDATED, TODAY + DAY, TODAY), (Role.MANDATED, None, TODAY - DAY), (Role.COORDINATOR, None, TODAY)],
)
def test_days_that_cannot_be_are_refused(union, role, first, last):
    organisation_id = union.id if role is Role.MANDATED else None
    with pytest.raises(RuleBroken) as refused:
        services.give_role(
            HOUSE, make_member(), role=role, organisation_id=organisation_id, days=Days(first, last), now=START
        )
    assert refused.value.field == "until_on"


def test_a_mandate_is_prolonged_shortened_and_opened(union):
    grant = give(make_member(), union, TODAY, TODAY + DAY)
    for last in (TODAY + 30 * DAY, TODAY, None):
        services.change_mandate(HOUSE, grant, until_on=last, now=START)
        assert grant.until_on == last
    codes = db.session.scalars(sa.select(AuditLine.code)).all()
    assert codes.count("people.mandate.changed") == 3


def test_what_is_over_is_not_stretched(union):
    grant = give(make_member(), union, None, TODAY)
    with pytest.raises(RuleBroken) as refused:
        services.change_mandate(HOUSE, grant, until_on=None, now=START + 2 * DAY)
    assert refused.value.field == "until_on"
    coordinator = make_role(make_member(), Role.COORDINATOR)
    with pytest.raises(RuleBroken):
        services.change_mandate(HOUSE, coordinator, until_on=None, now=START)


def test_only_the_secretariat_changes_days_and_nobody_their_own(union):
    person = make_member()
    grant = give(person, union)
    with pytest.raises(NotAllowed):
        services.change_mandate(actor_at(person.id, START), grant, until_on=TODAY, now=START)


def test_the_pages_show_where_each_mandate_stands(reader_of, union):
    over, coming = make_member("Over Example"), make_member("Coming Example")
    make_role(over, Role.MANDATED, union.id, until_on=TODAY - DAY)
    grant = make_role(coming, Role.MANDATED, union.id, from_on=TODAY + DAY)
    reader = reader_of(make_secretary())
    reader.open("/people/roles")
    assert "Over" in reader.text
    assert "Still to come" in reader.text
    assert "Give it again" in reader.text
    reader.open(f"/people/roles/{grant.id}/days")
    reader.send(has="until_on", until_on="2020-01-01")
    assert reader.status == 422
    reader.send(has="until_on", until_on="2027-01-01")
    assert reader.path == "/people/roles"
    db.session.refresh(grant)
    assert grant.until_on.year == 2027
    member = reader_of(coming)
    member.open(f"/people/roles/{grant.id}/days")
    assert member.status == 404


def test_a_mandate_is_given_with_days_on_the_page(reader_of, union):
    person = make_member()
    reader = reader_of(make_secretary())
    reader.open(f"/people/roles?person={person.id}&organisation={union.id}")
    reader.send(has="role", until_on="2027-05-01")
    grant = db.session.scalars(sa.select(RoleGrant).where(RoleGrant.person_id == person.id)).one()
    assert (grant.role, grant.organisation_id, grant.until_on.isoformat()) == (Role.MANDATED, union.id, "2027-05-01")
