"""The password of a newcomer: kept on the browser that registered, chosen anew elsewhere, by mail later on."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.actors import link_holder
from app.core.registries import actor_at
from app.extensions import db
from app.people import services
from app.people.models import Account, MailPurpose
from app.people.passwords import hash_password, is_right
from app.people.services import StaleLink
from app.people.services.accounts import HasPassword
from app.people.services.mail_links import send_link
from tests.journeys.reader import Reader
from tests.make.people import make_account, make_person
from tests.people.test_routes_signing_in import NEWCOMER, register

TYPED, ANOTHER = str(NEWCOMER["password"]), "another green morning"


@pytest.fixture
def newcomer(visitor):
    """The browser that has just registered; nobody is signed in on it."""
    register(visitor)
    return visitor


@pytest.fixture
def elsewhere(app, newcomer):
    return Reader(app.test_client())


@pytest.fixture
def link_in_mail(mails, now):
    def find(path) -> str:
        bodies = [mail.get_content() for mail in mails(now)]
        return [found for body in bodies for found in re.findall(rf"http://127\.0\.0\.1:8000({path}\S+)", body)][-1]

    return find


def the_account() -> Account:
    db.session.expire_all()
    return db.session.scalars(sa.select(Account).where(Account.email_norm == "huda@example.org")).one()


def come_by_link(reader, link_in_mail, path="/sign-in/link", email="huda@example.org"):
    reader.open(path)
    reader.send(has="email", email=email)
    reader.open(link_in_mail("/sign-in/link/"))
    reader.send(action=reader.path)


def signs_in(reader, password) -> bool:
    reader.open("/sign-in")
    reader.send(action="/sign-in", email="huda@example.org", password=password)
    return reader.path != "/sign-in"


def test_a_link_to_sign_in_opened_where_one_registered_keeps_the_password(newcomer, elsewhere, link_in_mail):
    come_by_link(newcomer, link_in_mail)
    assert (newcomer.path, "it holds no longer" in newcomer.text) == ("/", False)
    assert is_right(the_account().password_hash, TYPED)
    assert signs_in(elsewhere, TYPED)


def test_the_link_of_the_confirming_mail_keeps_it_there_too_and_signs_in(newcomer, link_in_mail):
    newcomer.open(link_in_mail("/verify/"))
    assert newcomer.page.find(id="password") is None
    newcomer.send(action=newcomer.path)
    assert (newcomer.path, "Your e-mail is confirmed." in newcomer.text) == ("/account", True)
    assert is_right(the_account().password_hash, TYPED)


def test_elsewhere_the_page_behind_the_link_lets_one_choose_a_password(newcomer, elsewhere, link_in_mail):
    come_by_link(elsewhere, link_in_mail, "/sign-in/link?next=/account/profile")
    assert (elsewhere.path, "it holds no longer" in elsewhere.text) == ("/account/password/new", True)
    assert elsewhere.page.find("a", href="/account/profile")
    elsewhere.send(has="password", password="short")
    assert (elsewhere.status, bool(elsewhere.page.find(id="password-error"))) == (422, True)
    elsewhere.send(has="password", password=TYPED)
    assert (elsewhere.status, elsewhere.path) == (200, "/account/profile")
    assert is_right(the_account().password_hash, TYPED)
    assert signs_in(newcomer, TYPED)


def test_the_confirming_link_says_that_all_is_done(newcomer, elsewhere, link_in_mail):
    link = link_in_mail("/verify/")
    come_by_link(elsewhere, link_in_mail)
    newcomer.open(link)
    assert (newcomer.status, "Your e-mail is confirmed already" in newcomer.text) == (200, True)
    assert newcomer.page.find("a", href="/sign-in", class_="button")
    elsewhere.open(link)
    assert elsewhere.page.find("a", href="/account", class_="button")


def test_who_signed_out_of_a_browser_leaves_no_mark_in_it(newcomer, link_in_mail):
    assert signs_in(newcomer, TYPED)
    newcomer.send(action="/sign-out")
    come_by_link(newcomer, link_in_mail)
    assert newcomer.path == "/account/password/new"


def test_the_cookie_of_a_known_address_fits_nothing(known, visitor, link_in_mail):
    known.verified_at = None
    db.session.commit()
    register(visitor, email="amina@example.org")
    come_by_link(visitor, link_in_mail, email="amina@example.org")
    assert visitor.path == "/account/password/new"


def test_a_first_password_is_chosen_at_once_or_by_a_mail_and_never_over_another(
    newcomer, elsewhere, link_in_mail, clock
):
    come_by_link(elsewhere, link_in_mail)
    late = Reader(elsewhere.client)
    late.open("/account/password/new?lang=en")
    elsewhere.send(has="password", password=TYPED)
    late.send(has="password", password=ANOTHER)
    assert (late.status, "has a password already" in late.text) == (422, True)
    assert is_right(the_account().password_hash, TYPED)
    late.open("/account/password/new")
    assert late.path == "/account/password"


def test_a_device_left_signed_in_is_no_proof(known, reader_of, clock):
    known.password_hash = None
    db.session.commit()
    reader = reader_of(known.person)
    clock.shift(timedelta(minutes=30))
    reader.open("/account/password/new")
    assert reader.path == "/reset"


def test_a_password_is_not_chosen_over_one_that_stands(known, now):
    with pytest.raises(HasPassword):
        services.choose_password(
            actor_at(known.person_id, now), known.person, password_hash="x", keep=known.person_id, now=now
        )


def test_a_mark_that_fits_another_password_confirms_nothing(app, now):
    account = make_account(make_person("Njeri Exemple"), "njeri@example.org", verified_at=None)
    account.password_hash = hash_password(TYPED)
    link = send_link(account, MailPurpose.VERIFY, now=now)
    with pytest.raises(StaleLink):
        services.verify_email(link_holder(account.person_id), link_id=link.id, mark="another", now=now)
