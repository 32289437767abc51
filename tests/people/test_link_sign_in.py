"""Signing in by a mailed link: alike for everybody, once, within half an hour, by a button."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.actors import VISITOR, link_holder
from app.extensions import db
from app.people import services, signed_in
from app.people.models import Account, AuthSession, MailLink, MailPurpose, Person
from app.people.services import StaleLink
from app.people.services.mail_links import send_link
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.people import make_account, make_person
from tests.people.test_races import PEOPLE_AT_ONCE, at_once, refusals


def ask(reader, email="amina@example.org", path="/sign-in/link"):
    reader.open(path)
    return reader.send(has="email", email=email)


def mailed(mails, now) -> str:
    return re.findall(r"http://127\.0\.0\.1:8000(/sign-in/link/\S+)", mails(now)[-1].get_content())[-1]


def count(model, **values) -> int:
    db.session.expire_all()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).filter_by(**values))


def is_signed_in(reader) -> bool:
    reader.open("/account")
    return reader.path == "/account"


@pytest.fixture
def link(known, visitor, mails, now) -> str:
    ask(visitor)
    return mailed(mails, now)


def test_the_page_for_signing_in_offers_a_link(visitor):
    visitor.open("/sign-in?next=/account/profile")
    assert visitor.page.find("a", href="/sign-in/link?next=/account/profile")


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(known, visitor, app):
    other = Reader(app.test_client())
    ask(visitor)
    ask(other, "nobody@example.org")
    assert (visitor.status, visitor.path, visitor.text) == (other.status, other.path, other.text)
    assert "If this address has an account here" in visitor.text
    assert (count(MailLink), count(Person), count(Account)) == (1, 1, 1)


def test_the_same_statements_are_run_for_everybody(app, known, now, count_queries):
    make_account(make_person("Invited"), "invited@example.org", verified_at=None)
    db.session.commit()
    ran = []
    for email in ("amina@example.org", "invited@example.org", "nobody@example.org"):
        with count_queries() as statements:
            services.ask_sign_in_link(VISITOR, email=email, now=now)
            db.session.commit()
        ran.append(sorted(statement.split(" WHERE ")[0] for statement in statements))
    assert ran[0] == ran[1] == ran[2]


def test_what_is_no_address_is_said_at_the_field(visitor):
    ask(visitor, "amina")
    assert visitor.status == 422
    assert visitor.page.find(id="email-error")


def test_looking_at_the_link_opens_nothing_and_the_button_does(known, visitor, link, app):
    scanner, owner = Reader(app.test_client()), Reader(app.test_client())
    for _ in range(3):
        scanner.open(link)
    assert not is_signed_in(scanner)
    owner.open(link)
    assert "amina@example.org" in owner.text
    owner.send(action=owner.path)
    assert (owner.status, owner.path) == (200, "/")
    assert is_signed_in(owner)


def test_the_browser_that_asked_comes_where_it_wanted(known, visitor, mails, now):
    ask(visitor, path="/sign-in/link?next=/account/profile")
    visitor.open(mailed(mails, now))
    visitor.send(action=visitor.path)
    assert visitor.path == "/account/profile"


def test_a_foreign_address_is_never_gone_to(known, visitor, mails, now):
    ask(visitor, path="/sign-in/link?next=https://evil.example")
    visitor.open(mailed(mails, now))
    visitor.send(action=visitor.path)
    assert visitor.path == "/"


def test_a_link_that_was_used_or_is_too_old_says_so_and_shows_the_way(known, visitor, link, app, clock):
    late = Reader(app.test_client())
    late.open(link)
    visitor.open(link)
    visitor.send(action=visitor.path)
    late.send(action=late.path)
    assert (late.status, is_signed_in(late)) == (404, False)
    late.open(link)
    assert "This link opens nothing any more" in late.text
    assert late.page.find("a", href="/sign-in/link")


def test_half_an_hour_later_it_opens_nothing(known, visitor, link, clock):
    clock.shift(timedelta(minutes=30))
    visitor.open(link)
    assert visitor.status == 404


def test_it_confirms_the_address_and_forgets_failed_tries(known, visitor, link, now):
    known.verified_at, known.failures, known.failed_at, known.password_hash = None, 9, now, None
    db.session.commit()
    visitor.open(link)
    visitor.send(action=visitor.path)
    db.session.refresh(known)
    assert (known.verified_at, known.failures, known.failed_at) == (now, 0, None)


def test_who_was_invited_and_has_no_password_gets_in(app, visitor, mails, now):
    make_account(make_person("Njeri"), "njeri@example.org", verified_at=None)
    db.session.commit()
    ask(visitor, "njeri@example.org")
    visitor.open(mailed(mails, now))
    visitor.send(action=visitor.path)
    assert is_signed_in(visitor)
    assert "Choose a password" in visitor.text


def test_a_password_that_a_stranger_set_for_the_address_is_worth_nothing_afterwards(
    known, visitor, mails, now, reader_of
):
    known.verified_at = None
    db.session.commit()
    stranger = reader_of(known.person)
    ask(visitor)
    visitor.open(mailed(mails, now))
    visitor.send(action=visitor.path)
    assert "it holds no longer" in visitor.text
    assert (is_signed_in(visitor), is_signed_in(stranger)) == (True, False)
    db.session.refresh(known)
    assert known.password_hash is None


def test_a_browser_that_is_somebody_elses_is_told_before(known, visitor, link, reader_of):
    other = reader_of(make_account(make_person("Bola Exemple")).person)
    other.open(link)
    assert "This browser is signed in as somebody else: Bola Exemple." in other.text
    other.send(action=other.path)
    other.open("/account")
    assert "amina@example.org" in other.text
    assert count(AuthSession, revoked_at=None) == 1


def test_three_links_lie_open_at_most_and_the_owner_is_never_shut_out(known, now, mails):
    for minute in range(10):
        services.ask_sign_in_link(VISITOR, email="amina@example.org", now=now + timedelta(minutes=minute))
    assert count(MailLink) == 3
    first = db.session.scalar(sa.select(MailLink.id).order_by(MailLink.created_at))
    services.sign_in_by_link(link_holder(known.person_id), link_id=first, device="", now=now + timedelta(minutes=11))
    services.ask_sign_in_link(VISITOR, email="amina@example.org", now=now + timedelta(minutes=12))
    assert count(MailLink, used_at=None) == 1


def test_a_link_of_another_kind_does_not_sign_in(known, now):
    reset = send_link(known, MailPurpose.RESET, now=now)
    with pytest.raises(StaleLink):
        services.sign_in_by_link(link_holder(known.person_id), link_id=reset.id, device="", now=now)


def test_two_clicks_at_once_open_one_device(own_app):
    with own_app.app_context():
        account = make_account(make_person())
        person_id, link_id = account.person_id, send_link(account, MailPurpose.SIGN_IN, now=START).id
        db.session.commit()

    def click() -> object:
        return services.sign_in_by_link(link_holder(person_id), link_id=link_id, device="", now=START)

    assert refusals(at_once(own_app, *[click] * PEOPLE_AT_ONCE)) == PEOPLE_AT_ONCE - 1
    with own_app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(AuthSession)) == 1


def test_the_mail_holds_the_link_in_the_language_of_its_reader(known, mails, now):
    services.ask_sign_in_link(VISITOR, email="amina@example.org", now=now)
    mail = mails(now)[0]
    assert mail["Subject"] == "Your link to sign in"
    assert "http://127.0.0.1:8000/sign-in/link/" in mail.get_content()
    assert "within 30 minutes" in mail.get_content()


def test_the_form_sent_twice_leads_where_the_first_one_led(known, visitor, link):
    visitor.open(link)
    values = visitor._defaults(visitor.form(has="csrf_token"))
    session_cookie = visitor.client.get_cookie("maloca").value
    answers = []
    for _ in range(2):
        visitor.client.set_cookie("maloca", session_cookie)
        visitor.client.delete_cookie(signed_in.COOKIE)
        answers.append(visitor.client.post(link, data=values))
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/")] * 2
    assert count(AuthSession) == 1
