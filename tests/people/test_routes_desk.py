"""The secretariat's desk, affiliations, roles and organisations through HTTP: works, forbidden, unseen, invalid."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.people.models import (
    Account,
    Affiliation,
    AffiliationKind,
    AffiliationState,
    Organisation,
    Role,
    RoleGrant,
)
from tests.make.people import (
    make_account,
    make_affiliation,
    make_assistance,
    make_member,
    make_organisation,
    make_person,
    make_role,
    make_secretary,
)


@pytest.fixture
def secretary(app, reader_of, now):
    person = make_secretary("Zoe Secretary")
    db.session.get_one(Account, person.id).password_hash = "$hash"
    db.session.commit()
    return reader_of(person)


@pytest.fixture
def member(app, reader_of, now):
    return reader_of(make_member("Member Example"))


@pytest.fixture
def organisation(app, now):
    return make_organisation("Example Union")


@pytest.fixture
def pending(organisation):
    person = make_person("Huda Mithal")
    make_account(person, "huda@example.org")
    row = make_affiliation(person, organisation, state=AffiliationState.PENDING, kind=AffiliationKind.FRIEND)
    db.session.commit()
    return row


def test_people_are_listed_and_searched(secretary, pending):
    secretary.open("/people/")
    assert "1 affiliation waits to be confirmed." in secretary.text
    assert "Huda Mithal" in secretary.text
    secretary.open("/people/?q=hud&show=pending")
    assert "Huda Mithal" in secretary.text
    assert "Zoe Secretary" not in secretary.text
    secretary.open("/people/?q=nobody+at+all")
    assert "Nobody here fits." in secretary.text


def test_a_long_list_has_a_further_page(secretary):
    for number in range(60):
        make_person(f"Example {number:03}")
    db.session.commit()
    secretary.open("/people/?q=example")
    secretary.open(secretary.page.find("a", rel="next")["href"])
    assert "Example 059" in secretary.text
    assert secretary.page.find("a", rel="next") is None


@pytest.mark.parametrize("query", ["?after=nonsense", "?show=everything", "?q=" + "x" * 200])
def test_an_address_that_was_not_ours_is_not_there(secretary, query):
    secretary.open(f"/people/{query}")
    assert secretary.status == 404


@pytest.mark.parametrize("path", ["/people/", "/people/roles", "/people/invite"])
def test_the_desk_is_not_there_for_others(member, visitor, path):
    member.open(path)
    assert member.status == 404
    visitor.open(path)
    assert visitor.path == "/sign-in"


def test_a_person_is_shown_with_history_to_the_secretariat_alone(secretary, member, pending):
    make_affiliation(pending.person, make_organisation("Old Union"), until_on=pending.from_on)
    make_role(pending.person, Role.COORDINATOR)
    db.session.commit()
    path = f"/people/{pending.person_id}"
    secretary.open(path)
    for words in ("Huda Mithal", "huda@example.org", "Example Union", "Old Union", "Ended", "Coordinator"):
        assert words in secretary.text
    member.open(path)
    assert member.status == 404
    secretary.open(f"/people/{uuid4()}")
    assert secretary.status == 404


def test_ones_own_page_is_the_account_and_not_the_desk(pending, reader_of):
    reader = reader_of(pending.person)
    reader.open(f"/people/{pending.person_id}")
    assert reader.status == 404


def test_an_affiliation_is_confirmed_with_one_button(secretary, pending):
    secretary.open(f"/affiliations/{pending.id}")
    assert "huda@example.org" in secretary.text
    secretary.send(action="/confirm")
    assert (secretary.path, "is confirmed" in secretary.text) == (f"/people/{pending.person_id}", True)
    db.session.expire_all()
    assert pending.state is AffiliationState.CONFIRMED


def test_the_second_answer_is_told_that_there_was_a_first(secretary, pending):
    secretary.open(f"/affiliations/{pending.id}")
    values = secretary._defaults(secretary.form(action="/refuse"))
    secretary.send(action="/confirm")
    answer = secretary.client.post(f"/affiliations/{pending.id}/refuse", data=values)
    assert answer.status_code == 422
    assert "has been decided already" in answer.text


def test_who_speaks_for_the_organisation_refuses_from_its_page(pending, organisation, reader_of):
    mandated = make_member("Mandated Example")
    make_role(mandated, Role.MANDATED, organisation.id)
    db.session.commit()
    reader = reader_of(mandated)
    reader.open(f"/organisations/{organisation.id}")
    assert "Huda Mithal" in reader.text
    reader.open(f"/affiliations/{pending.id}")
    reader.send(action="/refuse")
    assert reader.path == f"/organisations/{organisation.id}"
    assert "Nobody waits." in reader.text


def test_others_see_neither_the_affiliation_nor_its_buttons(member, pending):
    member.open(f"/affiliations/{pending.id}")
    assert member.status == 404
    for act in ("confirm", "refuse", "kind", "end"):
        assert member.client.post(f"/affiliations/{pending.id}/{act}").status_code == 404
    member.open(f"/affiliations/{uuid4()}")
    assert member.status == 404


def test_the_person_sees_their_own_but_may_not_answer(pending, reader_of):
    reader = reader_of(pending.person)
    page = reader.open(f"/affiliations/{pending.id}")
    assert "huda@example.org" not in reader.text
    assert not page.find("form", action=f"/affiliations/{pending.id}/confirm")
    values = reader._defaults(reader.form(action="/end"))
    assert reader.client.post(f"/affiliations/{pending.id}/confirm", data=values).status_code == 403
    reader.send(action="/end")
    assert reader.path == "/account"
    db.session.expire_all()
    assert pending.state is AffiliationState.REFUSED


def test_a_friend_becomes_an_ally_from_a_day_on(secretary, organisation):
    row = make_affiliation(make_person(), organisation, kind=AffiliationKind.FRIEND)
    db.session.commit()
    secretary.open(f"/affiliations/{row.id}")
    secretary.send(action="/kind", kind="ally", from_on="2026-12-01")
    assert "From 1 December 2026 on: Ally." in secretary.text
    db.session.expire_all()
    kinds = db.session.scalars(sa.select(Affiliation.kind).order_by(Affiliation.from_on))
    assert list(kinds) == ["friend", "ally"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"kind": None}, "kind"), ({"kind": "member"}, "kind"), ({"kind": "ally", "from_on": "soon"}, "from_on")],
)
def test_a_change_that_cannot_be_is_said_at_its_field(secretary, organisation, typed, field):
    row = make_affiliation(make_person(), organisation)
    db.session.commit()
    secretary.open(f"/affiliations/{row.id}")
    secretary.send(action="/kind", **typed)
    assert secretary.status == 422
    assert secretary.page.find(id=f"{field}-error")


def test_an_affiliation_ends_with_a_day(secretary, organisation):
    row = make_affiliation(make_person(), organisation)
    db.session.commit()
    secretary.open(f"/affiliations/{row.id}")
    secretary.send(action="/end", until_on="2019-01-01")
    assert (secretary.status, bool(secretary.page.find(id="until_on-error"))) == (422, True)
    secretary.send(action="/end", until_on="2026-11-20")
    db.session.expire_all()
    assert row.until_on.isoformat() == "2026-11-20"
    secretary.open(f"/affiliations/{row.id}")
    assert secretary.page.find("form", action=f"/affiliations/{row.id}/end") is None


def test_the_secretariat_adds_an_affiliation(secretary, member, organisation):
    person = make_member("Huda Mithal")
    db.session.commit()
    path = f"/people/{person.id}/affiliations/new"
    secretary.open(path)
    secretary.send(has="kind", organisation=str(organisation.id), kind="member", from_on="2026-01-01")
    assert secretary.path == f"/people/{person.id}"
    assert "Example Union" in secretary.text
    secretary.open(path)
    secretary.send(has="kind", organisation=str(organisation.id), kind="ally")
    assert (secretary.status, bool(secretary.page.find(id="organisation-error"))) == (422, True)
    secretary.send(has="kind", organisation="alone", kind="ally")
    assert secretary.path == f"/people/{person.id}"
    assert member.client.get(path).status_code == 404


def test_nobody_adds_an_affiliation_to_themselves(app, reader_of):
    person = make_member()
    reader = reader_of(person)
    reader.open(f"/people/{person.id}/affiliations/new")
    assert reader.status == 403


def test_somebody_is_invited_and_invited_again(secretary):
    secretary.open("/people/invite")
    secretary.send(has="role", email="boss@example.org", name="Boss Example", role="coordinator")
    assert "The invitation is on its way." in secretary.text
    person_id = db.session.scalar(sa.select(Account.person_id).where(Account.email == "boss@example.org"))
    assert secretary.path == f"/people/{person_id}"
    for sentence in ("The invitation is on its way.", "The invitation is on its way.", "Wait before you send"):
        secretary.send(action="/invitation")
        assert sentence in secretary.text
    assert secretary.client.post(f"/people/{person_id}/invitation").status_code == 422


def test_an_invitation_needs_an_address_and_says_when_nothing_was_sent(secretary, known):
    secretary.open("/people/invite")
    secretary.send(has="role", email="boss")
    assert (secretary.status, bool(secretary.page.find(id="email-error"))) == (422, True)
    secretary.send(has="role", email="amina@example.org")
    assert "Nothing was sent." in secretary.text
    for _ in range(4):
        secretary.open("/people/invite")
        secretary.send(has="role", email="boss@example.org")
    assert "Wait before you send another." in secretary.text


def test_only_who_has_an_account_can_be_invited_again(secretary, member, pending):
    walk_in = make_person("Walk-in")
    db.session.commit()
    assert secretary.client.post(f"/people/{walk_in.id}/invitation").status_code == 404
    assert member.client.post(f"/people/{pending.person_id}/invitation").status_code == 404


def test_a_role_is_given_by_address_and_taken_back(secretary, pending, organisation):
    secretary.open(f"/people/roles?person={pending.person_id}")
    assert secretary.page.find("input", {"name": "email"})["value"] == "huda@example.org"
    secretary.send(has="role", role="mandated", organisation=str(organisation.id))
    assert "The role is given." in secretary.text
    assert "Example Union" in secretary.text
    grant = db.session.scalars(sa.select(RoleGrant).where(RoleGrant.role == Role.MANDATED)).one()
    secretary.open(secretary.page.find("a", href=f"/people/roles/{grant.id}/take")["href"])
    assert "Take this role back?" in secretary.text
    db.session.refresh(grant)
    assert grant.ended_at is None
    secretary.send(action=f"/people/roles/{grant.id}/take")
    assert "The role is taken back." in secretary.text
    assert "Nobody yet." in secretary.text


UNPROVEN = "address not confirmed yet"
NO_ROLE = "This address is not confirmed yet. Ask the person to open the link we mailed"
WARNING = "Go on only if you know from elsewhere who this person is."


def test_who_decides_sees_that_an_address_is_not_confirmed_yet(secretary, pending, organisation, reader_of):
    mandated = make_member("Mandated Example")
    make_role(mandated, Role.MANDATED, organisation.id)
    account = db.session.get_one(Account, pending.person_id)
    paths = [f"/affiliations/{pending.id}", f"/people/{pending.person_id}", f"/people/roles?person={pending.person_id}"]
    db.session.commit()
    for path in paths:
        secretary.open(path)
        assert UNPROVEN not in secretary.text
        assert WARNING not in secretary.text
    account.verified_at, account.password_hash = None, "$hash"
    db.session.commit()
    for path in paths[:2]:
        secretary.open(path)
        assert WARNING in secretary.text
        assert UNPROVEN in secretary.text
    secretary.open(paths[2])
    assert secretary.text.count(NO_ROLE) == 1
    secretary.send(has="role", role="coordinator")
    assert (secretary.status, bool(secretary.page.find(id="email-error"))) == (422, True)
    assert NO_ROLE in secretary.text
    make_role(pending.person, Role.COORDINATOR)
    db.session.commit()
    secretary.open(paths[2])
    assert UNPROVEN in secretary.text
    own = reader_of(pending.person)
    own.open(paths[0])
    assert UNPROVEN not in own.text
    deciding = reader_of(mandated)
    deciding.open(paths[0])
    assert UNPROVEN in deciding.text
    deciding.send(action="/confirm")
    db.session.expire_all()
    assert pending.state is AffiliationState.CONFIRMED
    deciding.open(paths[0])
    assert "huda@example.org" not in deciding.text
    secretary.open(paths[0])
    assert "huda@example.org" in secretary.text


def test_an_invitation_says_that_a_password_was_taken_away(secretary, known):
    known.verified_at = None
    db.session.commit()
    secretary.open("/people/invite")
    secretary.send(has="role", email="amina@example.org", role="secretariat")
    assert "it holds no longer" in secretary.text
    db.session.expire_all()
    assert known.password_hash is None


def test_the_page_of_a_person_speaks_of_them_and_not_to_the_reader(secretary, pending):
    secretary.open(f"/people/{pending.person_id}")
    assert "Nobody outside their tracks" in secretary.text
    assert "my tracks" not in secretary.text


def test_only_the_person_takes_their_wish_back(secretary, pending, reader_of):
    secretary.open(f"/affiliations/{pending.id}")
    assert len(secretary.page.select("main .button--danger")) == 1
    reader = reader_of(pending.person)
    reader.open(f"/affiliations/{pending.id}")
    assert [button.text for button in reader.page.select("main .button--danger")] == ["Take the wish back"]
    reader.send(action=f"/affiliations/{pending.id}/end")
    assert "Your wish is taken back." in reader.text
    assert ("You took it back" in reader.text, "Not confirmed" in reader.text) == (True, False)
    secretary.open(f"/affiliations/{pending.id}")
    assert "Taken back by the person" in secretary.text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": "nobody@example.org", "role": "coordinator"}, "email"),
        ({"email": "huda@example.org", "role": "mandated"}, "organisation"),
        ({"email": "huda@example.org", "role": None}, "role"),
        ({"email": "huda", "role": "coordinator"}, "email"),
    ],
)
def test_a_role_that_cannot_be_given_is_said_at_its_field(secretary, pending, typed, field):
    secretary.open("/people/roles?person=nonsense")
    secretary.send(has="role", **typed)
    assert secretary.status == 422
    assert secretary.page.find(id=f"{field}-error")


def test_nobody_raises_themselves(secretary):
    own = db.session.scalar(sa.select(Account.email))
    secretary.open("/people/roles")
    secretary.send(has="role", email=own, role="coordinator")
    assert (secretary.status, bool(secretary.page.find(id="email-error"))) == (422, True)
    assert "another person of the secretariat does" in secretary.text
    assert secretary.page.find("input", {"name": "role", "value": "coordinator"}).has_attr("checked")


def test_the_form_says_in_which_case_an_organisation_is_needed(secretary):
    secretary.open("/people/roles")
    label = secretary.page.find("label", {"for": "organisation"}).get_text(strip=True)
    assert label == "Organisation (needed for “Speaks for an organisation”)"


@pytest.mark.parametrize("answer", ["confirm", "refuse"])
def test_who_has_no_e_mail_is_told_through_their_helper(secretary, organisation, mails, now, answer):
    person = make_person("Awa Example")
    affiliation = make_affiliation(person, organisation, state=AffiliationState.PENDING)
    helper = make_member("Helper Example")
    make_assistance(person, helper)
    db.session.commit()
    secretary.open(f"/affiliations/{affiliation.id}")
    secretary.send(action=f"/affiliations/{affiliation.id}/{answer}")
    assert "The person has no e-mail: a mail tells whoever helps them." in secretary.text
    address = db.session.scalar(sa.select(Account.email).where(Account.person_id == helper.id))
    [mail] = [mail for mail in mails(now) if mail["To"] == address]
    assert mail["Subject"].startswith("For Awa Example: Your affiliation")
    assert mail.get_content().replace("\r\n", "\n").split("\n\n")[:2] == [
        "Dear Helper Example,",
        "Awa Example has no e-mail and you help them: please tell them this.",
    ]


def test_who_has_neither_e_mail_nor_helper_is_told_by_whoever_decides(secretary, organisation):
    affiliation = make_affiliation(make_person("Awa Example"), organisation, state=AffiliationState.PENDING)
    db.session.commit()
    secretary.open(f"/affiliations/{affiliation.id}")
    secretary.send(action=f"/affiliations/{affiliation.id}/confirm")
    assert "The person has no e-mail and no helper: tell them yourself." in secretary.text


def test_the_last_secretary_is_told_to_give_the_role_first(secretary):
    grant_id = db.session.scalar(sa.select(RoleGrant.id))
    secretary.open(f"/people/roles/{grant_id}/take")
    secretary.send(action=f"/people/roles/{grant_id}/take")
    assert secretary.status == 422
    assert "Give the role to somebody else first" in secretary.text
    db.session.expire_all()
    assert db.session.get_one(RoleGrant, grant_id).ended_at is None


def test_who_lays_the_secretariat_down_is_led_to_their_account(secretary):
    second = make_person("Second")
    make_account(second, password_hash="$hash")
    make_role(second, Role.SECRETARIAT)
    own = db.session.scalar(sa.select(RoleGrant.id).where(RoleGrant.person_id != second.id))
    db.session.commit()
    secretary.open(f"/people/roles/{own}/take")
    secretary.send(action=f"/people/roles/{own}/take")
    assert secretary.path == "/account"


def test_a_role_of_somebody_else_is_not_there_for_a_member(member, pending):
    grant = make_role(pending.person, Role.COORDINATOR)
    db.session.commit()
    assert member.client.get(f"/people/roles/{grant.id}/take").status_code == 404
    assert member.client.post(f"/people/roles/{grant.id}/take").status_code == 404
    assert member.client.post(f"/people/roles/{uuid4()}/take").status_code == 404


def test_ones_own_role_without_the_token_stays(app, reader_of):
    person = make_member()
    grant = make_role(person, Role.COORDINATOR)
    db.session.commit()
    assert reader_of(person).client.post(f"/people/roles/{grant.id}/take").status_code == 422


def test_organisations_are_there_for_everybody(visitor, organisation):
    make_organisation("Hidden Union", is_listed=False)
    organisation.certainty, organisation.source, organisation.acronym = "unsure", "S2", "EU"
    db.session.commit()
    visitor.open("/organisations/")
    assert "Example Union EU" in visitor.text
    assert "Hidden Union" not in visitor.text
    visitor.open(f"/organisations/{organisation.id}")
    for words in ("Example Union", "Tenants’ union", "Argentina", "Region LAC", "Unsure, to be checked", "S2"):
        assert words in visitor.text
    assert "Waiting to be confirmed" not in visitor.text
    visitor.open("/organisations/?q=nothing")
    assert "No organisation fits." in visitor.text


def test_an_organisation_that_is_not_listed_is_there_for_the_secretariat(visitor, secretary):
    hidden = make_organisation("Hidden Union", is_listed=False)
    db.session.commit()
    visitor.open(f"/organisations/{hidden.id}")
    assert visitor.status == 404
    secretary.open(f"/organisations/{hidden.id}")
    assert "It is listed when the first affiliation is confirmed." in secretary.text


def test_a_long_list_of_organisations_has_a_further_page(visitor):
    for number in range(60):
        make_organisation(f"Union {number:03}")
    db.session.commit()
    visitor.open("/organisations/?q=union")
    visitor.open(visitor.page.find("a", rel="next")["href"])
    assert "Union 059" in visitor.text
    visitor.open("/organisations/?after=nonsense")
    assert visitor.status == 404
    visitor.open("/organisations/?q=" + "x" * 100)
    assert visitor.status == 404


def test_the_secretariat_writes_and_edits_an_organisation(secretary):
    secretary.open("/organisations/new")
    secretary.send(has="acronym", name_en="", name_ar="")
    assert (secretary.status, bool(secretary.page.find(id="name_en-error"))) == (422, True)
    secretary.send(has="acronym", name_ar="اتحاد مثال", name_fr="Union exemple", country="LB", kind="tenants_union")
    assert secretary.status == 200
    row = db.session.scalars(sa.select(Organisation)).one()
    row.certainty, row.kind = "unsure", "water_committee"
    db.session.commit()
    secretary.open(f"/organisations/{row.id}/edit")
    shown = secretary._defaults(secretary.form(has="acronym"))
    assert (shown["name_ar"], shown["kind"], shown["country"]) == ("اتحاد مثال", "water_committee", "LB")
    secretary.send(has="acronym", city="Beirut", is_checked="y")
    db.session.expire_all()
    assert (row.city, row.kind, row.certainty) == ("Beirut", "water_committee", "own")


def test_others_neither_write_nor_edit_organisations(member, organisation):
    db.session.commit()
    assert member.client.get("/organisations/new").status_code == 403
    assert member.client.get(f"/organisations/{organisation.id}/edit").status_code == 403
    assert member.client.post(f"/organisations/{organisation.id}/edit").status_code == 403
    assert member.client.get(f"/organisations/{uuid4()}/edit").status_code == 404


def test_people_stands_on_the_roof_for_the_secretariat_alone(secretary, member):
    link = secretary.open("/people/roles").select_one("header a[href='/people/']")
    assert link["aria-current"] == "page"
    assert "aria-current" not in secretary.open("/account").select_one("header a[href='/people/']").attrs
    assert member.open("/account").select_one("header a[href='/people/']") is None
    assert member.page.select_one("footer a[href='/organisations/']")
