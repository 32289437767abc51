"""Mailed links through HTTP: looking changes nothing, sending uses them up, stale ones show the way to a new one."""

import re

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.people import links, signed_in
from app.people.models import Account, AuthSession, MailLink, MailPurpose
from app.people.passwords import is_right
from tests.journeys.reader import Reader
from tests.make.people import make_account, make_person
from tests.people.conftest import PASSWORD

NEW = "another green morning"


def mailed(mails, now) -> str:
    """The path of the link in the last mail."""
    found = re.findall(r"http://127\.0\.0\.1:8000(/(?:verify|reset|welcome)/\S+)", mails(now)[-1].get_content())
    return found[-1]


def ask(reader, email="amina@example.org"):
    reader.open("/reset")
    return reader.send(action="/reset", email=email)


@pytest.fixture
def reset_link(known, visitor, mails, now) -> str:
    ask(visitor)
    return mailed(mails, now)


def test_asking_for_a_new_password_is_answered_alike_for_all(known, visitor, app):
    other = Reader(app.test_client())
    ask(visitor)
    ask(other, "nobody@example.org")
    assert (visitor.path, visitor.text) == (other.path, other.text)
    assert "If this address has an account here" in visitor.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(MailLink)) == 1


def test_what_is_no_address_is_said_at_the_field(visitor):
    ask(visitor, "amina")
    assert visitor.status == 422
    assert visitor.page.find(id="email-error")


def test_looking_at_a_link_changes_nothing(known, visitor, reset_link):
    for _ in range(2):
        visitor.open(reset_link)
        assert visitor.status == 200
    db.session.expire_all()
    assert db.session.scalar(sa.select(MailLink.used_at)) is None


def test_a_new_password_holds_everywhere_at_once(known, visitor, reset_link, app, reader_of):
    elsewhere = reader_of(known.person)
    known.failures = 9
    db.session.commit()
    visitor.open(reset_link)
    visitor.send(has="password", password=NEW)
    assert (visitor.status, visitor.path) == (200, "/account")
    elsewhere.open("/account")
    assert elsewhere.path == "/sign-in"
    db.session.expire_all()
    assert is_right(known.password_hash, NEW)
    assert not is_right(known.password_hash, PASSWORD)
    assert known.failures == 0


def test_a_used_link_opens_nothing_and_offers_a_new_one(known, visitor, reset_link, app):
    visitor.open(reset_link)
    visitor.send(has="password", password=NEW)
    late = Reader(app.test_client())
    late.open(reset_link)
    assert late.status == 404
    assert "It has been used, is too old, or was cut off on its way." in late.text
    assert late.page.find("a", href="/reset")


def test_a_form_that_was_open_when_the_link_was_used_is_told_so(known, visitor, reset_link, app):
    late = Reader(app.test_client())
    late.open(reset_link)
    visitor.open(reset_link)
    visitor.send(has="password", password=NEW)
    late.send(has="password", password="a third green morning")
    assert late.status == 404
    db.session.expire_all()
    assert is_right(known.password_hash, NEW)


def test_the_same_form_sent_twice_leads_where_the_first_one_led(known, visitor, reset_link):
    visitor.open(reset_link)
    values = visitor._defaults(visitor.form(has="password"))
    values["password"] = NEW
    session_cookie = visitor.client.get_cookie("maloca").value
    answers = []
    for _ in range(2):
        visitor.client.set_cookie("maloca", session_cookie)
        visitor.client.delete_cookie(signed_in.COOKIE)
        answers.append(visitor.client.post(reset_link, data=values))
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/account")] * 2
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AuthSession)) == 1


def test_a_link_is_too_old_after_three_hours(known, visitor, reset_link, clock):
    clock.shift(3 * 3600)
    visitor.open(reset_link)
    assert visitor.status == 404


def test_a_bad_password_is_said_at_the_field_and_the_link_still_opens(known, visitor, reset_link):
    visitor.open(reset_link)
    for typed in ("short", "amina@example.org"):
        visitor.send(has="password", password=typed)
        assert visitor.status == 422
        assert visitor.page.find(id="password-error")
    visitor.send(has="password", password=NEW)
    assert visitor.path == "/account"


@pytest.mark.parametrize("path", ["/verify/", "/reset/", "/welcome/"])
@pytest.mark.parametrize("token", ["x", "IjAwIg.AAAA", "ImFhYSI.sig", "%00", "a" * 3000])
def test_what_was_not_made_here_opens_nothing(visitor, path, token):
    visitor.open(path + token)
    assert visitor.status == 404
    answer = visitor.client.post(path + token, data={"password": NEW})
    assert answer.status_code == 404


def test_a_token_of_one_purpose_is_none_of_another(known, visitor, reset_link):
    token = reset_link.removeprefix("/reset/")
    for path in ("/verify/", "/welcome/"):
        visitor.open(path + token)
        assert visitor.status == 404


def test_a_token_is_made_of_an_id_and_this_house_alone(app, known):
    token = links.token_of(MailPurpose.RESET, known.person_id)
    assert links.read_token(MailPurpose.RESET, token) == known.person_id
    assert links.read_token(MailPurpose.RESET, token[:-1]) is None
    assert links.read_token(MailPurpose.RESET, links.seal_of(MailPurpose.RESET).token_of(7)) is None
    assert links.read_token(MailPurpose.RESET, links.seal_of(MailPurpose.RESET).token_of("no id")) is None


@pytest.fixture
def verify_link(known, reader_of, mails, now) -> str:
    known.verified_at = None
    db.session.commit()
    reader = reader_of(known.person)
    reader.open("/account")
    reader.send(action="/account/verification")
    assert "A mail is on its way" in reader.text
    return mailed(mails, now)


def test_who_opens_the_link_elsewhere_takes_the_account_from_whoever_registered_it(
    known, visitor, verify_link, reader_of
):
    stranger = reader_of(known.person)
    visitor.open(verify_link)
    assert "amina@example.org" in visitor.text
    for typed in ("", "short"):
        visitor.send(has="password", password=typed)
        assert (visitor.status, bool(visitor.page.find(id="password-error"))) == (422, True)
    db.session.expire_all()
    assert known.verified_at is None
    visitor.send(has="password", password=NEW)
    db.session.expire_all()
    assert is_right(known.password_hash, NEW)
    stranger.open("/account")
    assert stranger.path == "/sign-in"
    assert (visitor.path, "Your e-mail is confirmed." in visitor.text) == ("/account", True)
    db.session.expire_all()
    assert known.verified_at is not None
    visitor.open(verify_link)
    assert (visitor.status, "Your e-mail is confirmed already" in visitor.text) == (200, True)
    stranger.open(verify_link)
    assert stranger.page.find("a", href="/sign-in", class_="button")


def test_who_is_signed_in_already_stays_on_this_device(known, reader_of, verify_link):
    reader = reader_of(known.person)
    before = db.session.scalar(sa.select(sa.func.count()).select_from(AuthSession))
    reader.open(verify_link)
    reader.send(action=verify_link)
    assert reader.path == "/account"
    db.session.expire_all()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AuthSession)) == before


@pytest.fixture
def welcome_link(app, visitor, mails, now) -> str:
    make_account(make_person("invited", page_language="fr"), "njeri@example.org", verified_at=None)
    db.session.commit()
    ask(visitor, "njeri@example.org")
    return mailed(mails, now)


def test_an_invitation_is_taken_up(app, visitor, welcome_link):
    visitor.open(welcome_link)
    assert visitor.page.find("input", {"name": "name"})["value"] == "invited"
    visitor.send(has="password", name="Njeri Example", password=NEW, page_language="en", zone="Africa/Nairobi")
    assert (visitor.status, visitor.path) == (200, "/account")
    db.session.expire_all()
    account = db.session.scalars(sa.select(Account)).one()
    assert (account.person.name, account.person.zone) == ("Njeri Example", "Africa/Nairobi")
    assert is_right(account.password_hash, NEW)
    visitor.open(welcome_link)
    assert visitor.status == 404


def test_an_invitation_without_a_name_keeps_what_was_typed(visitor, welcome_link):
    visitor.open(welcome_link)
    visitor.send(has="password", name="", password=NEW, zone="Africa/Nairobi")
    assert visitor.status == 422
    assert visitor.page.find(id="name-error")
    assert visitor.page.find("option", {"value": "Africa/Nairobi", "selected": True})


@pytest.mark.parametrize("kind", ["verify_link", "welcome_link"])
def test_a_form_that_was_open_too_long_is_told_so(request, app, clock, kind):
    link = request.getfixturevalue(kind)
    reader = Reader(app.test_client())
    reader.open(link)
    assert reader.status == 200
    values = reader._defaults(reader.form(has="password")) | {"password": NEW}
    clock.shift(15 * 24 * 3600)
    assert reader.client.post(link, data=values).status_code == 404


def test_an_empty_password_is_said_at_its_field(known, visitor, reset_link):
    visitor.open(reset_link)
    visitor.send(has="password", password="")
    assert "Choose a password of at least 10 characters." in visitor.text
