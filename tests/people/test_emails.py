"""The words of the mails about accounts and affiliations, as they arrive."""

import re

import pytest

from app.core import notices
from app.core.actors import VISITOR
from app.core.names import set_name
from app.core.outbox import MailState, OutboxMail
from app.core.registries import actor_at
from app.extensions import db
from app.people import services
from app.people.models import AffiliationKind, AffiliationState, Role
from tests.make.people import (
    make_account,
    make_affiliation,
    make_member,
    make_organisation,
    make_person,
    make_role,
    make_secretary,
)

TOKEN = re.compile(r"(?<=/)(?:verify|reset|welcome)/[\w.-]+")


def body(mail) -> str:
    """The text above the ways out at its foot, with the token of a link taken out: it differs each time."""
    text = mail.get_content().replace("\r\n", "\n").split("\n\n--\n")[0].strip()
    return TOKEN.sub(lambda found: found[0].split("/")[0] + "/TOKEN", text)


def only(mails, now):
    return mails(now)[0]


def test_the_mail_that_confirms_an_address(known, mails, now):
    known.verified_at = None
    services.send_verification(actor_at(known.person_id, now), known.person, now=now)
    mail = only(mails, now)
    assert (mail["To"], mail["Subject"]) == ("amina@example.org", "Confirm your e-mail address")
    assert body(mail) == (
        "Hello,\n\n"
        "You registered at Maloca with this address. Open this link to confirm that it is yours:\n\n"
        "http://127.0.0.1:8000/verify/TOKEN\n\n"
        "The link can be used once, within 7 days. If you did not register, leave it: nothing will happen.\n\n"
        "Maloca"
    )


def test_the_mail_for_a_new_password(known, mails, now):
    services.ask_reset(VISITOR, email="amina@example.org", now=now)
    mail = only(mails, now)
    assert mail["Subject"] == "Choose a new password"
    assert body(mail) == (
        "Dear Amina Exemple,\n\n"
        "Somebody, probably you, asked for a new password at Maloca. Open this link to choose it:\n\n"
        "http://127.0.0.1:8000/reset/TOKEN\n\n"
        "The link can be used once, within 3 hours. If it was not you, leave it: your password stays as it is.\n\n"
        "Maloca"
    )


def test_the_invitation(app, mails, now):
    make_account(make_person("Njeri"), "njeri@example.org", verified_at=None)
    services.ask_reset(VISITOR, email="njeri@example.org", now=now)
    mail = only(mails, now)
    assert mail["Subject"] == "You are invited to Maloca"
    assert body(mail) == (
        "Hello,\n\n"
        "You are invited to Maloca. Open this link to choose your name and your password:\n\n"
        "http://127.0.0.1:8000/welcome/TOKEN\n\n"
        "Maloca is the house where inhabitants’ organisations learn and act together.\n\n"
        "The link can be used once, within 14 days. Later you can ask for a new one on the page for signing in.\n\n"
        "Maloca"
    )


def test_an_invitation_says_who_invites(app, mails, now):
    person = make_secretary()
    services.invite(actor_at(person.id, now), email="nueva@example.org", name="Typed Name", now=now)
    text = body(only(mails, now))
    assert f"{person.name} invites you to Maloca. Open this link" in text
    assert text.startswith("Dear Typed Name,"), "the secretariat said it"


def test_an_invitation_calls_nobody_by_a_name_that_a_stranger_may_have_typed(app, mails, now):
    make_account(make_person("Visit our shop"), "nueva@example.org", verified_at=None, password_hash=None)
    services.invite(actor_at(make_secretary().id, now), email="nueva@example.org", name="Nueva", now=now)
    assert body(only(mails, now)).startswith("Hello,")


def test_the_mail_to_somebody_who_has_an_account_already(known, mails, now):
    notices.tell(known.person_id, "people.already_registered", "now", {}, now=now)
    mail = only(mails, now)
    assert mail["Subject"] == "You have an account already"
    assert body(mail) == (
        "Dear Amina Exemple,\n\n"
        "Somebody, probably you, registered at Maloca with this address. You have an account already.\n\n"
        "Sign in here: http://127.0.0.1:8000/sign-in\n\n"
        "If you have forgotten your password, choose a new one: http://127.0.0.1:8000/reset\n\n"
        "If it was not you, there is nothing to do.\n\n"
        "Maloca"
    )


@pytest.fixture
def pending(app):
    person = make_person("Huda")
    make_account(person, "huda@example.org")
    return make_affiliation(
        person, make_organisation("Example Union"), kind=AffiliationKind.ALLY, state=AffiliationState.PENDING
    )


@pytest.fixture
def secretary(app, now):
    return actor_at(make_secretary().id, now)


def test_the_mail_that_an_affiliation_is_confirmed(secretary, pending, mails, now):
    services.confirm_affiliation(secretary, pending, now=now)
    mail = only(mails, now)
    assert mail["Subject"] == "Your affiliation is confirmed"
    assert body(mail) == (
        "Dear Huda,\n\n"
        "Your affiliation is confirmed: Ally, with Example Union.\n\n"
        "You can now join the tracks that are open to you: http://127.0.0.1:8000/tracks/\n\n"
        "Maloca"
    )


def test_the_mail_that_an_affiliation_is_not_confirmed(secretary, pending, mails, now):
    services.refuse_affiliation(secretary, pending, now=now)
    mail = only(mails, now)
    assert mail["Subject"] == "Your affiliation was not confirmed"
    assert body(mail) == (
        "Dear Huda,\n\n"
        "Your affiliation with Example Union could not be confirmed.\n\n"
        "Ask your organisation or the secretariat why. "
        "You can ask again here: http://127.0.0.1:8000/account\n\n"
        "Maloca"
    )


def test_without_an_organisation_the_sentences_are_whole_too(secretary, mails, now):
    for answer in (services.confirm_affiliation, services.refuse_affiliation):
        person = make_person("Huda")
        make_account(person)
        answer(secretary, make_affiliation(person, None, state=AffiliationState.PENDING), now=now)
    texts = " ".join(body(mail) for mail in mails(now))
    assert "Your affiliation is confirmed: Member." in texts
    assert "Your affiliation could not be confirmed." in texts


def test_no_mail_to_an_address_that_nobody_confirmed_says_what_somebody_typed(secretary, mails, now):
    for number, answer in enumerate((services.confirm_affiliation, services.refuse_affiliation)):
        person = make_person("Typed Name")
        account = make_account(person, f"victim{number}@example.org", verified_at=None, password_hash="$hash")
        answer(secretary, make_affiliation(person, make_organisation("Typed Union"), state="pending"), now=now)
        services.send_verification(actor_at(person.id, now), person, now=now)
        services.ask_reset(VISITOR, email=account.email, now=now)
        notices.tell(person.id, "people.already_registered", "now", {}, now=now)
        services.invite(secretary, email=account.email, now=now)
    db.session.flush()
    sent = [body(mail) for mail in mails(now) if "victim" in mail["To"]]
    assert len(sent) >= 6
    assert all(text.startswith("Hello,\n\n") and "Typed" not in text for text in sent)


def ask(person, now, belonging=None):
    return services.ask_affiliation(
        actor_at(person.id, now),
        person,
        belonging=belonging or services.Belonging(),
        kind=AffiliationKind.FRIEND,
        now=now,
    )


def test_the_mail_to_those_who_decide_names_no_person(app, mails, now):
    organisation = make_organisation("Example Union")
    mandated, asking = make_person("Mandated"), make_member("Secret Name")
    make_account(mandated, "mandated@example.org")
    make_role(mandated, Role.MANDATED, organisation.id)
    affiliation = ask(asking, now, services.Belonging(organisation_id=organisation.id))
    mail = only(mails, now)
    assert (mail["To"], mail["Subject"]) == ("mandated@example.org", "An affiliation waits for you")
    assert body(mail) == (
        "Dear Mandated,\n\n"
        "Somebody asks to be confirmed as Friend, with Example Union.\n\n"
        f"See who it is and answer here: http://127.0.0.1:8000/affiliations/{affiliation.id}\n\n"
        "Maloca"
    )


def test_it_is_not_sent_any_more_once_somebody_answered(secretary, mails, now):
    affiliation = ask(make_member(), now)
    services.confirm_affiliation(secretary, affiliation, now=now)
    subjects = [mail["Subject"] for mail in mails(now)]
    assert subjects == ["Your affiliation is confirmed"]


def test_a_wish_without_an_organisation_says_so(secretary, mails, now):
    ask(make_member(), now)
    assert "as Friend, without an organisation." in body(only(mails, now))


def test_a_link_that_was_used_meanwhile_is_not_mailed(known, mails, now):
    services.ask_reset(VISITOR, email="amina@example.org", now=now)
    link = db.session.query(services.mail_links.MailLink).one()
    link.used_at = now
    db.session.commit()
    assert mails(now) == []
    assert db.session.query(OutboxMail).one().state is MailState.CANCELLED


@pytest.mark.parametrize("kind", ["confirmed", "refused", "asked"])
def test_a_mail_about_an_affiliation_that_is_gone_is_not_sent(known, mails, now, kind):
    parameters = {"affiliation": str(known.person_id)}
    notices.tell(known.person_id, f"people.affiliation_{kind}", "x", parameters, now=now)
    assert mails(now) == []


@pytest.mark.parametrize("purpose", ["verify", "reset", "invite"])
def test_a_mail_about_a_link_that_is_gone_is_not_sent(known, mails, now, purpose):
    notices.tell(known.person_id, f"people.{purpose}", "x", {"link": str(known.person_id)}, now=now)
    assert mails(now) == []


def test_a_mail_is_written_in_the_language_of_its_recipient(secretary, pending, mails, now):
    pending.person.page_language = "fr"
    set_name("organisation", pending.organisation_id, "fr", "Union exemple")
    services.confirm_affiliation(secretary, pending, now=now)
    mail = only(mails, now)
    assert mail["Content-Language"] == "fr"
    assert "Union exemple" in body(mail)
