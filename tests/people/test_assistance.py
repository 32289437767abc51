"""Persons without an account and their helpers: registered with consent, named, ended, given an account."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.actors import VISITOR, job
from app.core.audit import AuditLine
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.core.notices import Notice
from app.core.registries import actor_at, lent
from app.extensions import db
from app.people import queries, services
from app.people.models import (
    Account,
    Affiliation,
    AffiliationKind,
    AffiliationState,
    Appearance,
    Assistance,
    Person,
    Role,
)
from app.people.services import Assisted, Belonging, HasAccount, NoHelper, Profile
from tests.make.people import (
    make_account,
    make_assistance,
    make_member,
    make_organisation,
    make_person,
    make_role,
    make_secretary,
)
from tests.make.sessions import make_facilitator, make_track


def assisted(**overrides) -> Assisted:
    values = {
        "profile": Profile(name="Awa Example", languages=("wo", "fr"), preferred_language="wo", place="Pikine"),
        "belonging": Belonging(),
        "kind": AffiliationKind.FRIEND,
        "agreed": "told me so on the telephone",
    }
    return Assisted(**(values | overrides))


@pytest.fixture
def mandated(app, now):
    person = make_member("Mandated Example")
    make_role(person, Role.MANDATED, make_organisation().id)
    return person


def test_who_is_trusted_registers_a_person_and_helps_them(mandated, now):
    row = services.register_assisted(actor_at(mandated.id, now), assisted(), now=now)
    person = row.person
    assert (person.name, [r.language for r in person.languages], person.preferred_language) == (
        "Awa Example",
        ["wo", "fr"],
        "wo",
    )
    assert person.appearance is Appearance.NOBODY
    assert (row.helper_id, row.agreed) == (mandated.id, "told me so on the telephone")
    assert db.session.get(Account, person.id) is None
    affiliation = db.session.scalars(sa.select(Affiliation).where(Affiliation.person_id == person.id)).one()
    assert affiliation.state is AffiliationState.PENDING
    assert actor_at(person.id, now).keys == {"public"}
    codes = set(db.session.scalars(sa.select(AuditLine.code)))
    assert {"people.person.registered_by_helper", "people.assistance.begun", "people.affiliation.asked"} <= codes


def test_facilitators_and_the_secretariat_may_and_others_may_not(app, now):
    facilitator, secretary, member = make_member(), make_secretary(), make_member()
    make_facilitator(make_track("Land", slug="land"), facilitator)
    for helper in (facilitator, secretary):
        assert services.register_assisted(actor_at(helper.id, now), assisted(), now=now).helper_id == helper.id
    once = make_person()
    make_account(once)
    make_role(once, Role.MANDATED, make_organisation().id)
    hand = lent(actor_at(member.id, now), facilitator.id)
    for actor in (VISITOR, actor_at(member.id, now), actor_at(once.id, now), hand, job("tests")):
        with pytest.raises(NotAllowed):
            services.register_assisted(actor, assisted(), now=now)


@pytest.mark.parametrize(
    ("change", "field"), [({"agreed": " "}, "agreed"), ({"profile": Profile(name="\u200b")}, "name")]
)
def test_consent_and_a_name_are_asked_for(mandated, now, change, field):
    with pytest.raises(RuleBroken) as refused:
        services.register_assisted(actor_at(mandated.id, now), assisted(**change), now=now)
    assert refused.value.field == field


def test_the_secretariat_names_further_helpers_who_are_told(app, now):
    secretary, helper, person = make_secretary(), make_member(), make_person()
    actor = actor_at(secretary.id, now)
    row = services.name_helper(actor, person, helper=helper, agreed="at the meeting", now=now)
    assert services.name_helper(actor, person, helper=helper, agreed="again", now=now) is row
    assert db.session.scalars(sa.select(Notice.person_id)).all() == [helper.id]
    with pytest.raises(RuleBroken):
        services.name_helper(actor, person, helper=make_member(), agreed="", now=now)
    with pytest.raises(NotAllowed):
        services.name_helper(actor_at(helper.id, now), person, helper=helper, agreed="x", now=now)


def test_nobody_is_helped_into_an_account(app, now):
    actor, owner, helper = actor_at(make_secretary().id, now), make_member(), make_member()
    with pytest.raises(HasAccount):
        services.name_helper(actor, owner, helper=helper, agreed="x", now=now)
    invited = make_person()
    make_account(invited, verified_at=None)
    with pytest.raises(HasAccount):
        services.name_helper(actor, invited, helper=helper, agreed="x", now=now)
    alone = make_person()
    with pytest.raises(HasAccount):
        services.name_helper(actor, alone, helper=alone, agreed="x", now=now)


def test_a_helper_belongs_to_the_network_with_a_confirmed_address(app, now):
    actor, person = actor_at(make_secretary().id, now), make_person()
    stranger, unproven = make_person(), make_member()
    make_account(stranger)
    db.session.get_one(Account, unproven.id).verified_at = None
    for helper in (stranger, unproven, make_person()):
        with pytest.raises(NoHelper):
            services.name_helper(actor, person, helper=helper, agreed="x", now=now)


@pytest.mark.parametrize("who", ["helper", "person", "secretariat"])
def test_either_of_the_two_or_the_secretariat_ends_it_once(app, now, who):
    helper, person = make_member(), make_person()
    row = make_assistance(person, helper)
    make_account(person)
    actor = actor_at({"helper": helper, "person": person, "secretariat": make_secretary()}[who].id, now)
    assert queries.get_visible_assistance(actor, row.id) is row
    services.end_assistance(actor, row, now=now)
    services.end_assistance(actor, row, now=now + timedelta(days=1))
    assert row.ended_at == now
    assert queries.list_helped(actor_at(helper.id, now)) == []
    assert queries.list_helpers(person.id) == []


def test_others_do_not_see_it_and_a_borrowed_hand_ends_nothing(app, now):
    helper, person = make_member(), make_person()
    row = make_assistance(person, helper)
    for actor in (VISITOR, actor_at(make_member().id, now), lent(actor_at(person.id, now), helper.id)):
        with pytest.raises(NotFound):
            queries.get_visible_assistance(actor, row.id)
        with pytest.raises(NotAllowed):
            services.end_assistance(actor, row, now=now)


def test_a_person_gets_an_account_of_their_own(app, now):
    actor, person = actor_at(make_secretary().id, now), make_person()
    make_account(make_person(), "taken@example.org")
    with pytest.raises(RuleBroken) as refused:
        services.give_account(actor, person, email="taken@example.org", now=now)
    assert refused.value.field == "email"
    account = services.give_account(actor, person, email="awa@example.org", now=now)
    assert (account.person_id, account.verified_at) == (person.id, None)
    assert db.session.scalars(sa.select(Notice.kind)).all() == ["people.invite"]
    with pytest.raises(HasAccount):
        services.give_account(actor, person, email="other@example.org", now=now)
    with pytest.raises(NotAllowed):
        services.give_account(actor_at(make_member().id, now), make_person(), email="a@example.org", now=now)


def test_the_helper_is_written_to_in_words_without_names(app, now, mails, reader_of):
    helper, person = make_member("Helper Example"), make_person("Awa Example")
    services.name_helper(actor_at(make_secretary().id, now), person, helper=helper, agreed="x", now=now)
    db.session.commit()
    (mail,) = mails(now)
    text = mail.get_content()
    assert "/acting" in text
    assert "Awa" not in text


def test_the_pages_of_registering_and_ending(reader_of, mandated):
    db.session.commit()
    reader = reader_of(mandated)
    reader.open("/assisted/new")
    reader.send(has="agreed", name="Awa Example")
    assert reader.status == 422
    reader.send(
        has="agreed",
        name="Awa Example",
        languages=["wo"],
        organisation="alone",
        kind="friend",
        agreed="said so on the telephone",
    )
    assert reader.path == "/acting"
    assert "Awa Example is registered" in reader.text
    row = db.session.scalars(sa.select(Assistance)).one()
    reader.open(f"/assistance/{row.id}/end")
    assert "said so on the telephone" in reader.text
    reader.send(action="/end")
    assert reader.path == "/acting"
    db.session.refresh(row)
    assert row.ended_at is not None


def test_the_same_form_sent_twice_registers_one_person(reader_of, mandated):
    db.session.commit()
    reader = reader_of(mandated)
    reader.open("/assisted/new")
    form = reader._defaults(reader.form(has="agreed"))
    for field, value in {"name": "Awa Example", "organisation": "alone", "kind": "friend", "agreed": "yes"}.items():
        form.setlist(field, [value])
    form.setlist("languages", ["wo"])
    for _ in range(2):
        assert reader.client.post("/assisted/new", data=form).status_code == 303
    assert db.session.scalar(sa.select(sa.func.count()).where(Person.name == "Awa Example")) == 1


def test_who_may_not_help_is_refused_the_page(reader_of):
    reader = reader_of(make_member())
    reader.open("/assisted/new")
    assert reader.status == 403


def test_the_desk_names_helpers_and_gives_accounts(reader_of):
    helper, person, secretary = make_member(), make_person("Awa Example"), make_secretary()
    email = make_account(make_person()).email
    reader = reader_of(secretary)
    reader.open(f"/people/{person.id}/helpers/new")
    for wrong in ("nobody@example.org", email):
        reader.send(has="email", email=wrong, agreed="yes")
        assert reader.status == 422
    reader.send(has="email", email=db.session.get_one(Account, helper.id).email, agreed="yes")
    assert reader.path == f"/people/{person.id}"
    assert "Helpers" in reader.text
    reader.open(f"/people/{person.id}/account/new")
    reader.send(has="email", email=email)
    assert reader.status == 422
    reader.send(has="email", email="awa@example.org")
    assert "The invitation is on its way." in reader.text
    member = reader_of(helper)
    for path in ("helpers/new", "account/new"):
        member.open(f"/people/{person.id}/{path}")
        assert member.status == 404


def test_the_person_sees_their_helpers_on_their_account_page(reader_of, now):
    helper, person = make_member("Helper Example"), make_person()
    make_assistance(person, helper)
    make_account(person)
    reader = reader_of(person)
    reader.open("/account")
    assert "Helper Example" in reader.text
    reader.open("/assistance/" + str(db.session.scalars(sa.select(Assistance.id)).one()) + "/end")
    reader.send(action="/end")
    assert reader.path == "/account"
    assert "Helper Example" not in reader.text


def test_whom_one_helps_says_who_has_an_account_now(reader_of, mandated):
    person = make_person("Awa Example")
    make_assistance(person, mandated)
    make_account(person)
    reader = reader_of(mandated)
    reader.open("/acting")
    assert "has an account of their own now" in reader.text
    assert not reader.page.find(attrs={"value": f"person:{person.id}"})
