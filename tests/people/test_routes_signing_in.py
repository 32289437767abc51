"""Signing in and out, registering: through HTTP, with the forms of the pages."""

import hashlib
import json

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from app.core.forms import ActionForm
from app.core.submissions import Submission
from app.extensions import db
from app.people import limits, signed_in
from app.people.forms import SignInForm
from app.people.models import Account, Affiliation, AuthSession, MailLink, Organisation, Person
from app.people.routes import browsers, signing_in
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.people import make_organisation, make_person
from tests.people.conftest import PASSWORD

WRONG = "E-mail and password do not fit together. Check both, or choose a new password."
WAITS = "After several tries the house waits a little before it listens again."


def sign_in(reader, *, email="amina@example.org", password=PASSWORD, path="/sign-in"):
    reader.open(path)
    return reader.send(action="/sign-in", email=email, password=password)


def count(model) -> int:
    db.session.expire_all()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def cookie(client) -> str:
    found = client.get_cookie(signed_in.COOKIE)
    return found.value if found else ""


def test_signing_in_leads_to_the_front_page_or_where_one_wanted_to_go(known, visitor):
    sign_in(visitor)
    assert (visitor.status, visitor.path) == (200, "/")
    visitor.open("/sign-in?next=/account")
    assert visitor.path == "/account"


def test_a_guarded_page_comes_back_after_signing_in(known, visitor):
    visitor.open("/account/profile")
    assert visitor.path == "/sign-in"
    visitor.send(action="/sign-in", email=" AMINA@example.org ", password=PASSWORD)
    assert (visitor.status, visitor.path) == (200, "/account/profile")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%0d/evil\n",
        "javascript:alert(1)",
        "account",
        "/\t/evil.example",
        "http:///evil.example",
        "//[",
    ],
)
def test_nobody_is_led_out_of_the_house(known, visitor, target):
    visitor._show(visitor.client.get("/sign-in", query_string={"next": target}))
    assert visitor.form(has="email").find("input", {"name": "next"})["value"] == "/"
    visitor.send(has="email", email="amina@example.org", password=PASSWORD, next=target)
    assert (visitor.status, visitor.path, visitor.answer.request.host) == (200, "/", "localhost")
    answer = visitor.client.get("/sign-in", query_string={"next": target})
    assert answer.location == "/"


@pytest.mark.parametrize(
    ("email", "password"),
    [("amina@example.org", "a wrong password"), ("nobody@example.org", PASSWORD)],
)
def test_a_wrong_password_and_an_unknown_address_are_answered_alike(known, visitor, email, password):
    sign_in(visitor, email=email, password=password)
    assert visitor.status == 422
    assert WRONG in visitor.text
    assert "still here" not in visitor.text
    assert visitor.page.find("input", {"name": "email"})["value"] == email
    assert PASSWORD not in visitor.answer.text
    assert not cookie(visitor.client)


def test_who_was_invited_and_has_no_password_cannot_sign_in(known, visitor):
    known.password_hash = None
    db.session.commit()
    sign_in(visitor)
    assert WRONG in visitor.text


@pytest.mark.parametrize(("field", "typed"), [("email", "amina"), ("email", ""), ("password", "")])
def test_an_empty_or_odd_field_is_said_at_the_field(known, visitor, field, typed):
    sign_in(visitor, **{field: typed})
    assert visitor.status == 422
    assert visitor.page.find(id=f"{field}-error")
    assert known.failures == 0


def test_guesses_are_slowed_down_with_the_same_sentence_and_a_reset_clears_them(known, visitor, clock, now):
    for _ in range(5):
        sign_in(visitor, password="a wrong password")
    sign_in(visitor)
    assert visitor.status == 422
    assert WRONG in visitor.text
    clock.shift(16)
    sign_in(visitor)
    assert visitor.status == 200
    db.session.expire_all()
    assert known.failures == 0


@pytest.mark.parametrize("email", ["amina@example.org", "nobody@example.org"])
def test_what_is_said_of_waiting_depends_on_this_browser_alone(known, visitor, app, email):
    for tries in range(1, 8):
        sign_in(visitor, email=email, password="a wrong password")
        assert (WRONG in visitor.text, WAITS in visitor.text) == (True, tries >= 5)
    elsewhere = Reader(app.test_client())
    sign_in(elsewhere, email=email, password="a wrong password")
    assert (WRONG in elsewhere.text, WAITS in elsewhere.text) == (True, False)


def test_the_cookie_is_for_http_alone_and_its_token_is_not_stored(known, visitor):
    visitor.open("/sign-in")
    sign_in(visitor)
    found = visitor.client.get_cookie(signed_in.COOKIE)
    assert (found.http_only, found.same_site) == (True, "Lax")
    assert count(AuthSession) == 1
    assert found.value != db.session.scalar(sa.select(AuthSession.token_sha256))


def test_a_cookie_that_was_planted_is_never_taken_over(known, visitor):
    visitor.client.set_cookie(signed_in.COOKIE, "planted-by-a-stranger")
    sign_in(visitor)
    assert cookie(visitor.client) not in ("", "planted-by-a-stranger")
    stranger = visitor.client.application.test_client()
    stranger.set_cookie(signed_in.COOKIE, "planted-by-a-stranger")
    assert stranger.get("/account").status_code == 303


def test_the_token_of_forms_changes_with_signing_in(known, visitor):
    visitor.open("/sign-in")
    before = visitor.form(has="email").find("input", {"name": "csrf_token"})["value"]
    sign_in(visitor)
    answer = visitor.client.post("/sign-out", data={"csrf_token": before, "submission_id": str(known.person_id)})
    assert answer.status_code == 422


def test_a_copied_cookie_is_worth_nothing_after_signing_out(known, visitor, app):
    sign_in(visitor)
    copy = cookie(visitor.client)
    visitor.open("/account")
    visitor.send(action="/sign-out")
    assert (visitor.path, cookie(visitor.client)) == ("/", "")
    thief = app.test_client()
    thief.set_cookie(signed_in.COOKIE, copy)
    assert thief.get("/account").location.startswith("/sign-in")


def test_signing_in_again_in_one_browser_ends_the_device_before(known, visitor, app):
    sign_in(visitor)
    first = cookie(visitor.client)
    token = visitor.open("/account").select_one("header input[name=csrf_token]")["value"]
    answer = visitor.client.post(
        "/sign-in",
        data={
            "csrf_token": token,
            "submission_id": str(known.person_id),
            "email": "amina@example.org",
            "password": PASSWORD,
        },
    )
    assert answer.status_code == 303
    old = app.test_client()
    old.set_cookie(signed_in.COOKIE, first)
    assert old.get("/account").status_code == 303
    assert visitor.client.get("/account").status_code == 200


def test_a_form_for_signing_in_sent_twice_brings_its_cookie_both_times(known, visitor):
    """A double click shows the second answer: it must not say "done already" without a cookie."""
    visitor.open("/sign-in")
    values = visitor._defaults(visitor.form(has="email"))
    values["email"], values["password"] = "amina@example.org", PASSWORD
    before = visitor.client.get_cookie("maloca")
    for _ in range(2):
        visitor.client.set_cookie("maloca", before.value)
        visitor.client.delete_cookie(signed_in.COOKIE)
        assert visitor.client.post("/sign-in", data=values).status_code == 303
        assert cookie(visitor.client)


def test_a_device_ends_after_thirty_days(known, visitor, clock):
    sign_in(visitor)
    clock.shift(30 * 24 * 3600 + 1)
    visitor.open("/account")
    assert visitor.path == "/sign-in"


def test_a_used_device_says_so_once_an_hour(known, visitor, clock):
    sign_in(visitor)
    for seconds, expected in ((3599, 0), (2, 3601)):
        clock.shift(seconds)
        visitor.open("/account")
        db.session.expire_all()
        seen = db.session.scalar(sa.select(AuthSession.last_seen_at))
        assert (seen - START).total_seconds() == expected


def test_a_busy_database_does_not_keep_the_page_away(known, visitor, clock, monkeypatch):
    sign_in(visitor)
    clock.shift(3601)

    def busy():
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr(signed_in, "writing_briefly", busy)
    visitor.open("/account")
    assert (visitor.status, visitor.path) == (200, "/account")


def test_signing_out_without_the_token_of_the_page_shows_how(known, visitor):
    sign_in(visitor)
    answer = visitor.client.post("/sign-out")
    assert answer.status_code == 422
    assert "You are still signed in" in answer.text
    assert visitor.client.get("/account").status_code == 200


def test_a_visitor_who_signs_out_is_led_to_sign_in(visitor):
    assert visitor.client.post("/sign-out").location == "/sign-in"


NEWCOMER = {
    "name": "هدى مثال",
    "name_latin": "Huda Mithal",
    "place": "Beirut",
    "country": "LB",
    "email": "huda@example.org",
    "password": "a room of our own",
    "languages": ["ar", "fr"],
    "other_languages": "Lingala, quechua",
    "preferred_language": "ar",
    "page_language": "fr",
    "organisation": "alone",
    "kind": "friend",
}


def register(reader, **changes):
    reader.open("/register")
    return reader.send(action="/register", **(NEWCOMER | changes))


def the_newcomer() -> Person:
    db.session.expire_all()
    return db.session.scalars(sa.select(Person).join(Account, Account.person_id == Person.id)).one()


@pytest.mark.parametrize(
    ("country", "picked", "zone"),
    [
        ("KE", None, "Africa/Nairobi"),
        ("BR", None, ""),
        ("BR", "America/Recife", "America/Recife"),
        ("LB", "Africa/Dakar", "Africa/Dakar"),
        ("", None, ""),
    ],
    ids=["the only one", "one of many", "picked before", "picked before and elsewhere", "unknown"],
)
def test_the_zone_of_a_newcomer_is_the_picked_one_or_the_only_one_of_the_country(visitor, country, picked, zone):
    if picked:
        visitor.client.set_cookie("maloca_zone", picked)
    register(visitor, country=country)
    assert the_newcomer().zone == zone


def test_registering_asks_once_for_everything_and_then_one_can_sign_in(visitor):
    register(visitor)
    assert (visitor.status, visitor.path) == (200, "/sign-in")
    assert "A mail is on its way to your address" in visitor.text
    person = the_newcomer()
    assert [row.language for row in person.languages] == ["ar", "fr", "ln", "qu"]
    assert (person.name, person.zone, person.page_language) == ("هدى مثال", "Asia/Beirut", "fr")
    assert db.session.scalar(sa.select(Affiliation.state)) == "pending"
    visitor.send(action="/sign-in", email="huda@example.org", password="a room of our own")
    assert visitor.path == "/account"


def test_one_too_many_finds_their_words_in_the_form(visitor, monkeypatch):
    monkeypatch.setattr(limits, "MOST_TOGETHER", 0)
    register(visitor)
    assert visitor.status == 422
    assert "Very many people are registering right now." in visitor.text
    assert visitor.page.find(attrs={"name": "email"})["value"] == NEWCOMER["email"]


@pytest.mark.parametrize("email", ["ü@example.org", "amina@exa mple.org"])
def test_an_address_that_no_mail_reaches_is_refused_at_its_field(visitor, email):
    register(visitor, email=email)
    assert (visitor.status, bool(visitor.page.find(id="email-error"))) == (422, True)


def test_an_address_with_a_domain_in_its_own_letters_is_written_to_in_ascii(visitor, mails, now):
    register(visitor, email="huda@exämple.org")
    assert mails(now)[0]["To"] == "huda@xn--exmple-cua.org"
    visitor.send(action="/sign-in", email="huda@exämple.org", password="a room of our own")
    assert visitor.path == "/account"


def test_another_organisation_is_named(visitor):
    register(visitor, organisation="other", organisation_name="اتحاد مثال")
    organisation = db.session.scalars(sa.select(Organisation)).one()
    assert not organisation.is_listed


def test_an_organisation_is_chosen(visitor):
    organisation = make_organisation("Example Union")
    db.session.commit()
    register(visitor, organisation=str(organisation.id), kind="member")
    assert db.session.scalar(sa.select(Affiliation.organisation_id)) == organisation.id


def test_a_known_address_is_answered_like_an_unknown_one_and_makes_nothing(known, visitor, app):
    first, second = visitor, type(visitor)(app.test_client())
    register(first, email="AMINA@example.org")
    register(second)
    assert (first.status, first.path, first.text) == (second.status, second.path, second.text)
    assert [r.client.get_cookie(signed_in.COOKIE) for r in (first, second)] == [None, None]
    assert count(Account) == 2
    assert db.session.get_one(Account, known.person_id).person.name == "Amina Exemple"


def test_a_form_sent_twice_makes_one_person(visitor):
    page = visitor.open("/register")
    assert page
    form = visitor._defaults(visitor.form(action="/register"))
    for name, value in NEWCOMER.items():
        form.setlist(name, value if isinstance(value, list) else [value])
    answers = [visitor.client.post("/register", data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert [count(model) for model in (Person, Account, Affiliation, MailLink)] == [1, 1, 1, 1]


def test_no_password_lies_in_any_table(visitor):
    """The digest of a sent form is a fast hash: were the password in it, it could be guessed from it."""
    register(visitor)
    digest = db.session.scalar(sa.select(Submission.digest))
    with visitor.client.application.test_request_context("/register", method="POST", data={"password": "x"}):
        empty = ActionForm().digest()
    assert digest != empty
    typed = {"email": "a@example.org", "password": "one"}
    fast = {json.dumps({name: [words] for name, words in typed.items()}, sort_keys=True)}
    fast.add(json.dumps({"email": ["a@example.org"], "passwords": ["one"]}, sort_keys=True))
    digests = []
    for _ in range(2):
        with visitor.client.application.test_request_context("/sign-in", method="POST", data=typed):
            digests.append(SignInForm().digest())
    assert digests[0] != digests[1]  # salted by the id of the form
    assert not {hashlib.sha256(words.encode()).hexdigest() for words in fast} & set(digests)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 161}, "name"),
        ({"email": "huda"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "huda@example.org"}, "password"),
        ({"languages": [], "other_languages": ""}, "languages"),
        ({"other_languages": "Klingonesque"}, "other_languages"),
        ({"organisation": ""}, "organisation"),
        ({"organisation": "other", "organisation_name": " "}, "organisation_name"),
        ({"kind": None}, "kind"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(visitor, changes, field):
    register(visitor, **changes)
    assert visitor.status == 422
    assert visitor.page.find(id=f"{field}-error"), visitor.text
    if field != "name":
        assert visitor.page.find("input", {"name": "name"})["value"] == "هدى مثال"
    assert visitor.page.find("input", {"name": "password"}).get("value", "") == ""
    assert count(Person) == 0


def test_a_password_that_was_right_is_asked_for_again(visitor):
    register(visitor, kind=None)
    again = visitor.page.select_one("#mistakes a[href='#password']")
    assert again.get_text() == "Write your password again: we do not keep it."
    register(visitor, password="short")
    assert [link.get_text() for link in visitor.page.select("#mistakes a[href='#password']")] == ["Password"]


def open_languages(reader):
    return [box["value"] for box in reader.page.select("input[name=languages]") if box.find_parent("details") is None]


def test_the_languages_of_the_pages_and_of_the_country_stand_open_the_others_folded(visitor):
    visitor.open("/register")
    pages = ["ar", "en", "es", "fr", "pt"]
    assert open_languages(visitor) == pages
    assert not visitor.page.select("#languages details[open]")
    register(visitor, kind=None, country="SN", languages=["wo"])
    assert open_languages(visitor) == [*pages, "wo"]
    assert not visitor.page.select("#languages details[open]")
    register(visitor, kind=None, country="BO", languages=["wo"])
    assert open_languages(visitor) == [*pages, "qu"]
    assert visitor.page.select("#languages details[open] input[value=wo][checked]")


def test_the_language_of_the_page_is_ticked_until_its_reader_says_otherwise(visitor):
    visitor.open("/register?lang=fr")
    assert [box["value"] for box in visitor.page.select("#languages input[checked]")] == ["fr"]
    register(visitor, kind=None, name="", languages=["wo"])
    assert [box["value"] for box in visitor.page.select("#languages input[checked]")] == ["wo"]


def test_a_language_that_was_written_may_be_the_preferred_one(visitor):
    register(visitor, preferred_language="other")
    person = the_newcomer()
    assert (person.preferred_language, person.languages[0].language) == ("ln", "ln")


def test_without_a_preference_the_first_one_ticked_counts(visitor):
    register(visitor, preferred_language="", languages=["fr", "wo"], other_languages="")
    assert the_newcomer().preferred_language == "fr"


def test_who_is_signed_in_needs_no_second_account(known, visitor):
    sign_in(visitor)
    visitor.open("/register")
    assert visitor.path == "/account"


def test_who_is_signed_in_and_sends_the_form_anyway_makes_no_second_account(known, visitor, app):
    visitor.open("/register")
    form = visitor._defaults(visitor.form(action="/register"))
    for name, value in NEWCOMER.items():
        form.setlist(name, value if isinstance(value, list) else [value])
    visitor.client.set_cookie(signed_in.COOKIE, signed_in.open_session(known.person_id, device="", now=START))
    db.session.commit()
    assert visitor.client.post("/register", data=form).location == "/account"
    assert count(Account) == 1


def test_devices_are_named_by_what_the_browser_says(known, app, now):
    client = app.test_client()
    agents = {
        "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0": "Firefox, Android",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140 Safari/537.36 Edg/140": "Edge, Linux",
        "curl/8": "",
    }
    from app.people.routes.browsers import device_words

    for agent, words in agents.items():
        with app.test_request_context(headers={"User-Agent": agent}):
            assert device_words() == words
    assert client.get("/sign-in").status_code == 200


def test_an_erased_person_is_signed_in_nowhere(known, visitor):
    sign_in(visitor)
    db.session.get_one(Person, known.person_id).erased_at = START
    db.session.commit()
    visitor.open("/account")
    assert visitor.path == "/sign-in"


def test_a_hash_of_old_parameters_is_made_anew_on_signing_in(known, visitor):
    from argon2 import PasswordHasher

    known.password_hash = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    db.session.commit()
    sign_in(visitor)
    db.session.expire_all()
    assert "m=19456,t=2,p=1" in known.password_hash
    assert visitor.status == 200


def test_a_person_without_an_account_has_no_password_page(visitor, reader_of):
    reader = reader_of(make_person("Walk-in"))
    reader.open("/account")
    assert reader.status == 200
    reader.open("/account/password")
    assert reader.status == 404


@pytest.mark.parametrize("path", ["/sign-in", "/register"])
def test_no_transaction_is_open_while_a_password_is_hashed_or_compared(known, visitor, monkeypatch, path):
    """A hash takes 30 ms: within a transaction that may write it would keep every writer of the house waiting."""
    seen = []

    def watched(work):
        def watching(*arguments):
            seen.append(db.session.registry().in_transaction())
            return work(*arguments)

        return watching

    monkeypatch.setattr(signing_in, "is_right", watched(signing_in.is_right))
    monkeypatch.setattr(browsers, "hash_password", watched(browsers.hash_password))
    if path == "/sign-in":
        sign_in(visitor)
    else:
        register(visitor)
    assert seen == [False]
