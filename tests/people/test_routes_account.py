"""One's own account through HTTP."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.people import signed_in
from app.people.models import (
    Account,
    Affiliation,
    AffiliationState,
    Appearance,
    AuthSession,
    Gender,
    Role,
    RoleGrant,
)
from app.people.passwords import is_right
from tests.make.people import make_account, make_affiliation, make_member, make_organisation, make_person, make_role
from tests.people.conftest import PASSWORD

NEW = "another green morning"


@pytest.fixture
def reader(known, reader_of):
    return reader_of(known.person)


def test_everything_known_of_the_reader_stands_on_one_page(known, reader):
    organisation = make_organisation("Example Union")
    make_affiliation(known.person, organisation)
    make_affiliation(known.person, None, state=AffiliationState.PENDING)
    make_role(known.person, Role.MANDATED, organisation.id)
    db.session.commit()
    reader.open("/account")
    for words in ("amina@example.org", "Example Union", "Waiting to be confirmed", "Speaks for an organisation"):
        assert words in reader.text
    assert "this device" in reader.text


@pytest.mark.parametrize("path", ["", "/profile", "/reading", "/password", "/affiliations/new"])
def test_a_visitor_has_no_account(visitor, path):
    visitor.open(f"/account{path}")
    assert visitor.path == "/sign-in"


def test_a_profile_shows_what_was_said_and_keeps_what_is_changed(known, reader):
    reader.open("/account/profile")
    reader.send(
        has="appearance",
        name="Amina Mfoumou",
        languages=["fr", "en"],
        other_languages="ewondo",
        preferred_language="other",
        gender="woman",
        appearance="network",
        country="CM",
        place="Douala",
    )
    assert (reader.status, reader.path) == (200, "/account")
    db.session.expire_all()
    person = known.person
    assert (person.name, person.country, person.gender) == ("Amina Mfoumou", "CM", Gender.WOMAN)
    assert (person.appearance, person.preferred_language) == (Appearance.NETWORK, "ewo")
    reader.open("/account/profile")
    shown = reader._defaults(reader.form(has="appearance"))
    assert (shown["name"], shown["other_languages"], shown["preferred_language"]) == (
        "Amina Mfoumou",
        "Ewondo",
        "other",
    )
    assert shown.getlist("languages") == ["en", "fr"]
    assert (shown["appearance"], shown["gender"], shown["country"]) == ("network", "woman", "CM")


def test_a_profile_without_a_name_is_refused_and_nothing_typed_is_lost(known, reader):
    reader.open("/account/profile")
    reader.send(has="appearance", name="", place="Douala", languages=["fr"])
    assert reader.status == 422
    assert reader.page.find("input", {"name": "place"})["value"] == "Douala"
    db.session.expire_all()
    assert known.person.name == "Amina Exemple"


def test_pages_change_their_language_colours_and_hours(known, reader):
    reader.open("/account/reading")
    reader.send(has="scheme", page_language="en-XB", zone="Asia/Beirut", scheme="dark")
    assert (reader.page.html["lang"], reader.page.html["data-scheme"]) == ("en-XB", "dark")
    assert "Your pages look like this from now on." not in reader.text, "said in the language of before"
    db.session.expire_all()
    assert (known.person.page_language, known.person.zone, known.person.scheme) == ("en-XB", "Asia/Beirut", "dark")


@pytest.mark.parametrize(("field", "value"), [("page_language", "xx"), ("scheme", "pink"), ("zone", "Mars")])
def test_what_is_not_offered_is_not_taken(known, reader, field, value):
    reader.open("/account/reading")
    reader.send(has="scheme", **{field: value})
    assert reader.status == 422
    assert reader.page.find(id=f"{field}-error")


def test_a_password_is_changed_by_who_knows_the_present_one(known, reader, reader_of):
    other = reader_of(known.person)
    reader.open("/account/password")
    reader.send(has="present", present=PASSWORD, password=NEW)
    assert reader.path == "/account"
    db.session.expire_all()
    assert is_right(known.password_hash, NEW)
    other.open("/account")
    assert other.path == "/sign-in"


def test_a_wrong_present_password_changes_nothing_and_counts_as_a_guess(known, reader):
    reader.open("/account/password")
    for _ in range(6):
        reader.send(has="present", present="not this one", password=NEW)
        assert reader.status == 422
        assert reader.page.find(id="present-error")
    reader.send(has="present", present=PASSWORD, password=NEW)
    assert reader.status == 422
    db.session.expire_all()
    assert known.failures == 5
    assert is_right(known.password_hash, PASSWORD)


def test_a_new_password_keeps_the_rules(known, reader):
    reader.open("/account/password")
    reader.send(has="present", present=PASSWORD, password="amina@example.org")
    assert reader.status == 422
    assert reader.page.find(id="password-error")


def test_an_affiliation_is_asked_for_once(known, reader):
    organisation = make_organisation("Example Union")
    db.session.commit()
    reader.open("/account/affiliations/new")
    reader.send(has="kind", organisation=str(organisation.id), kind="ally")
    assert (reader.path, "Your wish is kept" in reader.text) == ("/account", True)
    reader.open("/account/affiliations/new")
    reader.send(has="kind", organisation=str(organisation.id), kind="friend")
    assert reader.status == 422
    assert reader.page.find(id="organisation-error")
    db.session.expire_all()
    assert db.session.scalars(sa.select(Affiliation.state)).all() == [AffiliationState.PENDING]


def test_one_device_or_all_are_signed_out(known, reader, reader_of):
    other, third = reader_of(known.person), reader_of(known.person)
    device = db.session.scalars(
        sa.select(AuthSession).where(
            AuthSession.token_sha256 == signed_in.hash_of(other.client.get_cookie(signed_in.COOKIE).value)
        )
    ).one()
    reader.open("/account")
    reader.send(action=f"/account/devices/{device.id}/sign-out")
    assert "This device is signed out." in reader.text
    assert other.open("/account")
    assert other.path == "/sign-in"
    assert third.open("/account")
    assert third.path == "/account"
    reader.open("/account")
    reader.send(action="/account/sign-out-everywhere")
    assert reader.path == "/sign-in"
    assert third.open("/account")
    assert third.path == "/sign-in"
    assert reader.client.get_cookie(signed_in.COOKIE) is None


def test_somebody_elses_device_is_not_there(known, reader):
    other = make_member()
    signed_in.open_session(other.id, device="theirs", now=known.created_at)
    db.session.commit()
    device_id = db.session.scalar(sa.select(AuthSession.id).where(AuthSession.person_id == other.id))
    for wanted in (device_id, uuid4()):
        assert reader.client.post(f"/account/devices/{wanted}/sign-out").status_code == 404


def test_a_button_without_its_token_does_nothing_and_says_so(known, reader):
    for path in ("/account/verification", "/account/sign-out-everywhere"):
        answer = reader.client.post(path)
        assert answer.status_code == 422
    device_id = db.session.scalar(sa.select(AuthSession.id))
    assert reader.client.post(f"/account/devices/{device_id}/sign-out").status_code == 422
    assert db.session.scalar(sa.select(AuthSession.revoked_at)) is None


def test_a_role_is_laid_down_on_ones_account(app, reader_of):
    person = make_person("Coordinator")
    make_account(person)
    grant = make_role(person, Role.COORDINATOR)
    db.session.commit()
    reader = reader_of(person)
    reader.open(reader.open("/account").find("a", href=f"/people/roles/{grant.id}/take")["href"])
    assert "Lay this role down?" in reader.text
    db.session.expire_all()
    assert db.session.get_one(RoleGrant, grant.id).ended_at is None
    reader.send(action=f"/people/roles/{grant.id}/take")
    assert (reader.path, "The role is taken back." in reader.text) == ("/account", True)
    db.session.expire_all()
    assert db.session.get_one(RoleGrant, grant.id).ended_at is not None


def test_an_unconfirmed_address_says_so(known, reader):
    known.verified_at = None
    db.session.commit()
    reader.open("/account")
    assert "Not confirmed yet" in reader.text
    assert db.session.get_one(Account, known.person_id).verified_at is None
