"""Affiliations: asked, answered, changed from a day on, ended. A2: a Friend becomes an Ally."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.core.audit import AuditLine
from app.core.errors import NotAllowed, RuleBroken
from app.core.notices import Notice
from app.core.registries import actor_at
from app.extensions import db
from app.people import queries, services
from app.people.models import Affiliation, AffiliationKind, AffiliationState, Role
from app.people.services import AlreadyAffiliated, AlreadyDecided, Belonging
from tests.make.people import (
    make_account,
    make_affiliation,
    make_member,
    make_organisation,
    make_person,
    make_role,
    make_secretary,
)

MEMBER, FRIEND, ALLY = AffiliationKind.MEMBER, AffiliationKind.FRIEND, AffiliationKind.ALLY


@pytest.fixture
def secretary(app, now):
    person = make_secretary()
    return actor_at(person.id, now)


@pytest.fixture
def organisation(app):
    return make_organisation("Example Union")


@pytest.fixture
def pending(organisation):
    return make_affiliation(make_person("Waiting"), organisation, state=AffiliationState.PENDING, kind=FRIEND)


def keys(person_id, now):
    return actor_at(person_id, now).keys - {"public"}


def kinds_of(person):
    return [(row.kind, row.from_on, row.until_on) for row in queries.affiliations_of([person.id])[person.id]]


def test_confirming_gives_the_keys_and_tells_the_person(secretary, pending, now):
    services.confirm_affiliation(secretary, pending, now=now)
    assert (pending.state, pending.decided_at, pending.decided_by) == ("confirmed", now, secretary.person_id)
    assert keys(pending.person_id, now) == {"network", "affiliation:friend"}
    assert db.session.scalars(sa.select(Notice.kind)).all() == ["people.affiliation_confirmed"]


def test_confirming_lists_an_organisation_that_was_named_by_the_person(secretary, pending, now):
    pending.organisation.is_listed = False
    services.confirm_affiliation(secretary, pending, now=now)
    assert pending.organisation.is_listed


def test_one_without_an_organisation_is_confirmed_too(secretary, now):
    alone = make_affiliation(make_person(), None, state=AffiliationState.PENDING)
    services.confirm_affiliation(secretary, alone, now=now)
    assert alone.state is AffiliationState.CONFIRMED


def test_refusing_gives_no_keys_and_one_may_ask_again(secretary, pending, now):
    services.refuse_affiliation(secretary, pending, now=now)
    assert keys(pending.person_id, now) == set()
    assert db.session.scalars(sa.select(Notice.kind)).all() == ["people.affiliation_refused"]
    person = pending.person
    again = services.ask_affiliation(
        actor_at(person.id, now),
        person,
        belonging=Belonging(organisation_id=pending.organisation_id),
        kind=FRIEND,
        now=now,
    )
    assert again.state is AffiliationState.PENDING


@pytest.mark.parametrize("answer", [services.confirm_affiliation, services.refuse_affiliation])
def test_what_was_decided_is_not_decided_again(secretary, pending, now, answer):
    services.confirm_affiliation(secretary, pending, now=now)
    with pytest.raises(AlreadyDecided):
        answer(secretary, pending, now=now)


def test_who_speaks_for_the_organisation_confirms_but_nobody_else_does(pending, organisation, now):
    mandated = make_member()
    make_role(mandated, Role.MANDATED, organisation.id)
    with pytest.raises(NotAllowed):
        services.confirm_affiliation(actor_at(make_member().id, now), pending, now=now)
    services.confirm_affiliation(actor_at(mandated.id, now), pending, now=now)
    assert pending.decided_by == mandated.id


def test_one_open_affiliation_per_organisation(organisation, now):
    person = make_member()
    make_affiliation(person, organisation)
    for belonging in (Belonging(organisation_id=organisation.id), Belonging(organisation_name="example union")):
        with pytest.raises(AlreadyAffiliated):
            services.ask_affiliation(actor_at(person.id, now), person, belonging=belonging, kind=ALLY, now=now)


def test_one_open_affiliation_without_an_organisation(app, now):
    person = make_person()
    actor = actor_at(person.id, now)
    services.ask_affiliation(actor, person, belonging=Belonging(), kind=FRIEND, now=now)
    with pytest.raises(AlreadyAffiliated):
        services.ask_affiliation(actor, person, belonging=Belonging(), kind=ALLY, now=now)


def test_the_secretariat_adds_a_confirmed_one(secretary, organisation, now):
    person = make_person()
    services.add_affiliation(
        secretary, person, organisation_id=organisation.id, kind=MEMBER, from_on=date(2026, 1, 1), now=now
    )
    assert keys(person.id, now) == {"network", "affiliation:member"}
    assert person.region_id == organisation.region_id
    with pytest.raises(NotAllowed):
        services.add_affiliation(
            actor_at(person.id, now), person, organisation_id=None, kind=ALLY, from_on=now.date(), now=now
        )


def test_a_friend_becomes_an_ally_from_a_day_on_and_the_history_stays(secretary, organisation, now):
    person = make_person()
    friend = make_affiliation(person, organisation, kind=FRIEND, from_on=date(2025, 3, 1))
    ally = services.change_affiliation_kind(secretary, friend, kind=ALLY, from_on=date(2026, 11, 21), now=now)
    assert ally.id != friend.id
    assert kinds_of(person) == [
        (ALLY, date(2026, 11, 21), None),
        (FRIEND, date(2025, 3, 1), date(2026, 11, 20)),
    ]
    assert keys(person.id, now) == {"network", "affiliation:ally"}
    assert keys(person.id, now - timedelta(days=1)) == {"network", "affiliation:friend"}


def test_a_change_to_come_counts_from_its_day(secretary, organisation, now):
    person = make_person()
    friend = make_affiliation(person, organisation, kind=FRIEND)
    services.change_affiliation_kind(secretary, friend, kind=ALLY, from_on=date(2027, 1, 1), now=now)
    assert keys(person.id, now) == {"network", "affiliation:friend"}
    assert keys(person.id, now + timedelta(days=60)) == {"network", "affiliation:ally"}


def test_a_change_keeps_the_end_that_was_set(secretary, organisation, now):
    friend = make_affiliation(make_person(), organisation, kind=FRIEND, until_on=date(2027, 6, 30))
    ally = services.change_affiliation_kind(secretary, friend, kind=ALLY, from_on=date(2027, 1, 1), now=now)
    assert ally.until_on == date(2027, 6, 30)


def test_one_that_begins_on_that_very_day_is_corrected_and_the_audit_keeps_what_it_was(secretary, organisation, now):
    person = make_person()
    friend = make_affiliation(person, organisation, kind=FRIEND, from_on=now.date())
    services.change_affiliation_kind(secretary, friend, kind=ALLY, from_on=now.date(), now=now)
    assert kinds_of(person) == [(ALLY, now.date(), None)]
    line = db.session.scalars(sa.select(AuditLine).where(AuditLine.code == "people.affiliation.kind_changed")).one()
    assert (line.facts["from"], line.facts["to"]) == ("friend", "ally")


@pytest.mark.parametrize(
    "case",
    [
        (AffiliationState.PENDING, None, ALLY, date(2026, 12, 1), ""),
        (AffiliationState.CONFIRMED, None, FRIEND, date(2026, 12, 1), "kind"),
        (AffiliationState.CONFIRMED, None, ALLY, date(2019, 12, 31), "from_on"),
        (AffiliationState.CONFIRMED, date(2026, 11, 30), ALLY, date(2026, 12, 1), "from_on"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_with_its_reason(secretary, organisation, now, case):
    state, until, kind, from_on, field = case
    friend = make_affiliation(make_person(), organisation, kind=FRIEND, state=state, until_on=until)
    with pytest.raises(RuleBroken) as refused:
        services.change_affiliation_kind(secretary, friend, kind=kind, from_on=from_on, now=now)
    assert refused.value.field == field


def test_an_affiliation_counts_on_its_last_day(secretary, organisation, now):
    row = make_affiliation(make_person(), organisation)
    services.end_affiliation(secretary, row, until_on=now.date(), now=now)
    assert keys(row.person_id, now)
    assert not keys(row.person_id, now + timedelta(days=1))


def test_people_may_leave_and_others_may_not_make_them(organisation, now):
    row = make_affiliation(make_person(), organisation)
    with pytest.raises(NotAllowed):
        services.end_affiliation(actor_at(make_member().id, now), row, until_on=now.date(), now=now)
    services.end_affiliation(actor_at(row.person_id, now), row, until_on=now.date(), now=now)
    assert row.until_on == now.date()


def test_nobody_puts_off_or_dates_back_the_end_of_their_own_affiliation(secretary, organisation, now):
    row, today = make_affiliation(make_person(), organisation), now.date()
    own = actor_at(row.person_id, now)
    with pytest.raises(RuleBroken) as refused:
        services.end_affiliation(own, row, until_on=today - timedelta(days=1), now=now)
    assert refused.value.field == "until_on"
    services.end_affiliation(secretary, row, until_on=today + timedelta(days=5), now=now)
    for days in (5, 6, 400):
        with pytest.raises(RuleBroken) as refused:
            services.end_affiliation(own, row, until_on=today + timedelta(days=days), now=now)
        assert refused.value.field == "until_on"
    services.end_affiliation(own, row, until_on=today + timedelta(days=4), now=now)
    assert row.until_on == today + timedelta(days=4)
    services.end_affiliation(secretary, row, until_on=today + timedelta(days=9), now=now)
    services.end_affiliation(secretary, row, until_on=today - timedelta(days=9), now=now)
    assert row.until_on == today - timedelta(days=9)


def test_it_cannot_end_before_it_began_nor_twice(secretary, organisation, now):
    row = make_affiliation(make_person(), organisation)
    with pytest.raises(RuleBroken):
        services.end_affiliation(secretary, row, until_on=date(2019, 1, 1), now=now)
    services.end_affiliation(secretary, row, until_on=date(2026, 1, 1), now=now)
    with pytest.raises(RuleBroken):
        services.end_affiliation(secretary, row, until_on=now.date(), now=now)


def test_a_wish_is_taken_back_by_its_person_without_a_mail(pending, now):
    services.end_affiliation(actor_at(pending.person_id, now), pending, until_on=now.date(), now=now)
    assert pending.state is AffiliationState.REFUSED
    assert db.session.scalars(sa.select(Notice)).all() == []
    with pytest.raises(RuleBroken):
        services.end_affiliation(actor_at(pending.person_id, now), pending, until_on=now.date(), now=now)


def test_the_affiliations_of_a_day_are_read_in_one_query(organisation, count_queries, now):
    persons = [make_person() for _ in range(5)]
    for person in persons:
        make_affiliation(person, organisation, until_on=date(2026, 6, 30))
        make_affiliation(person, make_organisation(), kind=ALLY, from_on=date(2026, 6, 30))
    ids = [person.id for person in persons]
    with count_queries() as statements:
        found = queries.affiliations_on(ids, date(2026, 6, 30))
    assert len(statements) == 1
    assert [row.kind for row in found[ids[0]]] == [MEMBER, ALLY]
    assert {row.kind for rows in queries.affiliations_on(ids, date(2026, 7, 1)).values() for row in rows} == {ALLY}
    assert queries.affiliations_on([make_account(make_person()).person_id], now.date()) == {}


def test_the_asked_day_is_the_first_day(secretary, pending, now):
    pending.from_on = now.date()
    services.confirm_affiliation(secretary, pending, now=now + timedelta(days=9))
    assert db.session.get_one(Affiliation, pending.id).from_on == now.date()
