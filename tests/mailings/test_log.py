"""The log of the secretariat: what waits, was sent, was not sent and why; sending again; reading what mails say."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.core import heartbeat, mails, outbox, topics
from app.core.audit import AuditLine
from app.core.database import undone_afterwards
from app.core.mails import letter
from app.core.masking import MASK, masked_tokens
from app.core.notices import Notice, tell
from app.core.outbox import MailState, OutboxMail
from app.core.outbox.suppressing import suppress
from app.core.registries import Contact, actor_at
from app.core.topics import Topic
from app.extensions import db
from app.mailings import planned, previewing, resending
from app.mailings import services as mailings
from app.mailings.links import token_of
from app.mailings.planned import Planned
from app.people import services as people
from app.people.models import Account, Person
from tests.journeys.reader import Reader
from tests.make.people import make_account, make_person, make_secretary, sign_in


@pytest.fixture
def secretary(app):
    return Reader(sign_in(app.test_client(), make_secretary()))


def told(person, kind, now, key="k"):
    tell(person.id, kind, key, {"n": 7}, now=now)
    outbox.address_notices(now)
    outbox.deliver_due(now)
    db.session.commit()


def by_day(instant):
    """The next noon in Cairo."""
    return instant.replace(hour=10, minute=0) + timedelta(days=1)


def the_mail():
    db.session.expire_all()
    return db.session.scalars(sa.select(OutboxMail).order_by(OutboxMail.created_at)).all()[-1]


def test_the_log_says_to_whom_about_what_and_what_became_of_it_and_no_words(secretary, amina, now):
    told(amina, "test.soon", now)
    secretary.open("/mails/log")
    assert "Amina Example" in secretary.text
    assert "Chat" in secretary.text
    assert "Sent" in secretary.text
    assert "This is said" not in secretary.text
    for query, is_there in (
        ("state=sent", True),
        ("state=failed", False),
        ("topic=chat&person=amina", True),
        ("topic=door", False),
        ("person=nobody", False),
        ("since=2026-11-01", True),
        ("since=2027-11-01", False),
    ):
        secretary.open(f"/mails/log?{query}")
        assert ("Amina Example" in secretary.text) is is_there, query
    assert secretary.client.get("/mails/log?state=strange").status_code == 404


def test_a_day_begins_on_the_clocks_that_the_page_shows(app, amina):
    secretary = make_secretary()
    secretary.zone = "Asia/Tokyo"
    db.session.commit()
    at = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    told(amina, "test.soon", at)
    reader = Reader(sign_in(app.test_client(), secretary))
    for day, is_there in (("2026-11-23", True), ("2026-11-24", False)):
        reader.open(f"/mails/log?since={day}")
        assert ("Amina Example" in reader.text) is is_there, day


def test_what_waits_for_its_hour_stands_there_with_what_is_planned(secretary, amina, now, monkeypatch):
    told(amina, "test.said", now)
    plan = Planned(now + timedelta(days=3), "chat", "person", amina.id)
    monkeypatch.setitem(planned._providers, "test", lambda _actor, _now, limit, _topic: [plan][:limit])
    secretary.open("/mails/log/waiting")
    assert "Amina Example" in secretary.text
    assert "Planned further ahead" in secretary.text


def test_what_became_no_mail_says_why(secretary, amina, now):
    told(make_person("Without Address"), "test.soon", now)
    secretary.open("/mails/log/dropped")
    assert "Without Address" in secretary.text
    assert "They have no address." in secretary.text


def test_what_somebody_has_stopped_stands_there_with_their_word(secretary, amina, now):
    mailings.stop(actor_at(amina.id, now), amina, ["chat"], now=now)
    told(amina, "test.soon", now)
    secretary.open("/mails/log/dropped")
    assert "Amina Example" in secretary.text
    assert "They have stopped mails about this." in secretary.text


def test_a_mail_to_an_address_that_was_refused_before_says_so(secretary, amina, now):
    suppress("amina@example.org", "550 5.1.1", now=now)
    told(amina, "test.soon", now)
    assert the_mail().state is MailState.FAILED
    secretary.open("/mails/log")
    assert "Amina Example" in secretary.text
    assert "The address was refused before." in secretary.text


def test_a_reminder_that_told_nobody_stands_with_its_reason_by_what_became_no_mail(secretary, amina, now, monkeypatch):
    line = Planned(now, "chat", "person", amina.id, "overtaken")
    monkeypatch.setitem(planned._let_go, "test", lambda _actor, _since, limit, _topic: [line][:limit])
    secretary.open("/mails/log/dropped")
    assert "A nearer reminder said the same." in secretary.text
    secretary.open("/mails/log/dropped?person=somebody")
    assert "A nearer reminder said the same." not in secretary.text


def test_a_mail_that_may_not_have_arrived_is_sent_again_once(secretary, amina, now):
    told(amina, "test.soon", now)
    mail = the_mail()
    path = f"/mails/log/{mail.id}/again"
    secretary.open(path)
    secretary.send(action="/again")
    assert secretary.status == 422, "it was sent"
    mail.state = MailState.PRESUMED_SENT
    db.session.commit()
    secretary.open("/mails/log?state=presumed_sent")
    assert secretary.page.select_one(f"a[href='{path}']")
    secretary.open(path)
    assert "Send this mail again?" in secretary.text
    secretary.send(action="/again")
    assert secretary.path == "/mails/log"
    again = db.session.scalars(sa.select(OutboxMail).where(OutboxMail.dedupe_key.like("again:%"))).one()
    assert (again.state, again.recipient) == (MailState.PENDING, "amina@example.org")
    outbox.deliver_due(by_day(again.not_before))
    db.session.expire_all()
    assert db.session.get_one(OutboxMail, again.id).state is MailState.SENT
    secretary.open(path)
    secretary.send(action="/again")
    assert secretary.status == 422
    assert "Somebody has sent this mail again already." in secretary.text


def fail(mail, error="suppressed", **more):
    mail.state, mail.last_error = MailState.FAILED, error
    for name, value in more.items():
        setattr(mail, name, value)
    db.session.commit()


def test_the_log_says_in_words_why_a_mail_was_not_sent_and_names_no_fault(secretary, amina, now):
    told(amina, "test.soon", now)
    mail = the_mail()
    for state, error, words in (
        (MailState.FAILED, "KeyError", "Something broke in the house"),
        (MailState.FAILED, "unwritable", "Something broke in the house"),
        (MailState.FAILED, "552 5.2.2 Mailbox full", "552 5.2.2 Mailbox full"),
        (MailState.PRESUMED_SENT, "TimeoutError", "The mail server did not say whether it took it."),
        (MailState.EXPIRED, "", "It was over."),
    ):
        fail(mail, error)
        mail.state = state
        db.session.commit()
        secretary.open("/mails/log")
        assert words in secretary.text, error
        assert "Error" not in secretary.text


def test_an_address_that_works_again_is_mailed_again(secretary, amina, now):
    told(amina, "test.soon", now)
    fail(the_mail())
    suppress("amina@example.org", "550 5.1.1", now=now)
    db.session.commit()
    secretary.open("/mails/log")
    secretary.send(action="/address")
    assert "Mails go to this address again." in secretary.text
    assert "This address works again" not in secretary.text
    assert outbox.suppressed(["amina@example.org"]) == {}
    assert "mailings.address.lifted" in db.session.scalars(sa.select(AuditLine.code)).all()


def test_sending_again_goes_to_the_address_of_today_and_tries_it(secretary, amina, now):
    told(amina, "test.soon", now)
    mail = the_mail()
    fail(mail)
    db.session.get(Account, amina.id).email = "amina@new.example.org"
    suppress("amina@new.example.org", "550 5.1.1", now=now)
    db.session.commit()
    secretary.open(f"/mails/log/{mail.id}/again")
    secretary.send(action="/again")
    again = db.session.scalars(sa.select(OutboxMail).where(OutboxMail.dedupe_key.like("again:%"))).one()
    assert again.recipient == "amina@new.example.org"
    outbox.deliver_due(by_day(again.not_before))
    db.session.expire_all()
    assert db.session.get_one(OutboxMail, again.id).state is MailState.SENT


def test_what_is_over_or_has_no_reader_is_not_sent_again(secretary, amina, now):
    told(amina, "test.soon", now)
    mail = the_mail()
    fail(mail, expires_at=now - timedelta(days=1))
    secretary.open(f"/mails/log/{mail.id}/again")
    secretary.send(action="/again")
    assert secretary.status == 422
    assert "It was over." in secretary.text
    fail(mail, expires_at=None)
    db.session.delete(db.session.get(Account, amina.id))
    db.session.commit()
    secretary.open(f"/mails/log/{mail.id}/again")
    secretary.send(action="/again")
    assert "They have no address." in secretary.text


def test_only_the_secretariat_reads_the_log(app, amina, now):
    told(amina, "test.soon", now)
    client = sign_in(app.test_client(), amina)
    for path in ("/mails/log", "/mails/log/waiting", "/mails/log/dropped", "/mails/preview"):
        assert client.get(path).status_code == 403, path
    assert client.get(f"/mails/log/{the_mail().id}/again").status_code == 403
    assert client.post(f"/mails/log/{the_mail().id}/address").status_code == 403
    assert resending.REPEATABLE


def test_what_mails_say_is_read_in_every_language_without_the_readers_name(secretary, amina, now):
    told(amina, "test.soon", now)
    secretary.open("/mails/preview")
    assert "About 7" not in secretary.text, "nothing is written that nobody asked for"
    secretary.open("/mails/preview?topic=chat")
    assert "About 7" in secretary.text
    for language in ("ar", "en", "es", "fr", "pt"):
        secretary.open(f"/mails/preview?kind=test.soon&in={language}")
        assert "This is said of 7." in secretary.text
        assert "Amina" not in secretary.text
    assert secretary.client.get("/mails/preview?kind=test.unknown").status_code == 404
    assert secretary.client.get("/mails/preview?kind=test.soon&in=xx").status_code == 404


def test_what_somebody_did_or_has_to_do_is_no_example_for_others(secretary, amina, now, monkeypatch):
    monkeypatch.setattr(mails, "_own", mails._own | {"test.soon"})
    told(amina, "test.soon", now)
    actor = actor_at(make_secretary("Other Secretary").id, now)
    assert {"core.act_done", "reminders.task", "tasks.assigned", "workinggroups.invited"} <= mails.own_kinds()
    assert "test.soon" not in kinds_there(actor)
    assert previewing.preview(actor, "test.soon", "en", now=now) is None
    assert secretary.client.get("/mails/preview?kind=test.soon&in=en").status_code == 404
    assert previewing.preview(actor_at(amina.id, now), "test.soon", "en", now=now) is None
    invented = previewing.preview(actor, "tasks.assigned", "en", now=now)
    assert invented is not None
    assert invented.is_invented
    _furnish()
    assert previewing.preview(actor, "test.soon", "en", now=now) is not None
    make_account(make_person("Maria"), "maria@somewhere.coop", created_at=now - timedelta(minutes=1))
    assert previewing.preview(actor, "test.soon", "en", now=now) is None, "it may speak of somebody real"


def kinds_there(actor):
    return {kind for _topic, kinds in previewing.kinds_to_read(actor) for kind in kinds}


def test_an_example_of_a_mail_names_nobody_who_is_helped(amina):
    def write(contact):
        return letter("Your place", f"{contact.name} has a place.")

    def example():
        told, contact = {"person": str(amina.id)}, Contact("e@example.org", "en", "Reader")
        return mails.or_helper(write, told, contact, about=uuid4(), name_of=lambda _id: "Mama Ngonde")

    assert "Mama Ngonde" in example().subject
    with masked_tokens():
        assert (example().subject, example().text) == ("Your place", "Reader has a place.")


def test_the_mail_of_a_day_is_read_before_anybody_gets_one(secretary, amina, now, monkeypatch):
    secretary.open("/mails/preview?kind=digest&in=en")
    assert "These are examples." in secretary.text
    told(amina, "test.soon", now)
    other = Topic("talk", "Talk", kinds=frozenset({"test.said"}))
    monkeypatch.setitem(topics._topics, "chat", replace(topics._topics["chat"], kinds=frozenset({"test.soon"})))
    monkeypatch.setitem(topics._topics, "talk", other)
    told(amina, "test.said", now)
    secretary.open("/mails/preview")
    assert secretary.page.select_one("a[href*='kind=digest']")
    secretary.open("/mails/preview?kind=digest&in=en")
    assert "About 7, and 1 more" in secretary.text
    assert "1. About 7" in secretary.text
    assert "2. About 7" in secretary.text
    assert "Amina" not in secretary.text
    assert "These are examples." not in secretary.text
    assert secretary.client.get("/mails/preview?kind=digest&in=xx").status_code == 404


def test_an_example_that_cannot_be_written_takes_no_others_along(secretary, amina, now, monkeypatch):
    told(amina, "test.soon", now)
    told(amina, "test.said", now)

    def broken(_parameters, _contact):
        raise LookupError("no such thing")

    monkeypatch.setitem(mails._writers, "test.said", broken)
    secretary.open("/mails/preview?kind=test.soon&in=en")
    assert "This is said of 7." in secretary.text
    secretary.open("/mails/preview?kind=test.said&in=en")
    assert secretary.status == 200


def test_no_link_in_an_example_opens_anything(secretary, amina, now, app):
    told(amina, "test.soon", now)
    people.send_verification(actor_at(amina.id, now), amina, now=now)
    people.ask_reset(actor_at(amina.id, now), email="amina@example.org", now=now)
    db.session.commit()
    actor = actor_at(make_secretary().id, now)
    kinds = {"test.soon", "people.reset"}
    assert kinds <= kinds_there(actor)
    for kind in kinds:
        letter = previewing.preview(actor, kind, "en", now=now)
        assert letter is None or MASK in letter.text
        assert letter is None or token_of(amina.id, previewing.EXAMPLE_ADDRESS, "") not in letter.text + letter.stop
        for word in (letter.text + " " + letter.stop).split() if letter else ():
            if word.startswith("http") and word.count("/") > 3:
                assert word.rsplit("/", 1)[1] == MASK, word
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Notice)) >= len(kinds)


def test_mails_are_read_on_pages_only_where_everybody_is_invented(app, secretary, amina, now):
    told(amina, "test.soon", now)
    mail = the_mail()
    own = Reader(sign_in(app.test_client(), amina))
    for reader in (secretary, own):
        assert reader.client.get("/mails/written").status_code == 404
        assert reader.client.get(f"/mails/written/{mail.id}").status_code == 404
    db.session.execute(sa.update(Person).values(is_example=True))
    db.session.commit()
    for reader in (secretary, own):
        reader.open("/mails/written")
        assert "About 7" in reader.text
        reader.open(f"/mails/written/{mail.id}")
        assert "This is said of 7." in reader.text
    stranger = sign_in(app.test_client(), _example("Other Example"))
    assert stranger.get("/mails/written").status_code == 200
    assert stranger.get(f"/mails/written/{mail.id}").status_code == 404


def test_somebody_invited_at_an_invented_address_leaves_the_page_open(app, secretary, amina, now):
    told(amina, "test.soon", now)
    _furnish()
    invited = make_person("Nueva")
    make_account(invited, "nueva@example.org")
    told(invited, "test.soon", now)
    secretary.open("/mails/written")
    assert "About 7" in secretary.text
    assert "nueva@example.org" in secretary.text
    assert "Hours in Nairobi" in secretary.text
    assert "21 November 2026 12:00" in secretary.text
    assert 'href="/mails/written"' in secretary.client.get("/account").get_data(as_text=True)


def test_from_the_first_real_address_on_nothing_more_is_shown(app, secretary, amina, now):
    told(amina, "test.soon", now)
    before = the_mail()
    _furnish()
    maria = make_person("Maria")
    make_account(maria, "maria@somewhere.coop", created_at=now + timedelta(minutes=1))
    db.session.commit()
    for person in (maria, amina):
        told(person, "test.soon", now + timedelta(minutes=2), "later")
    after = [mail for mail in db.session.scalars(sa.select(OutboxMail)) if mail.id != before.id]
    assert len(after) == 2
    secretary.open("/mails/written")
    assert "somebody has a real address in this house" in secretary.text
    page = secretary.client.get("/mails/written").get_data(as_text=True)
    assert str(before.id) in page
    for mail in after:
        assert str(mail.id) not in page
        assert secretary.client.get(f"/mails/written/{mail.id}").status_code == 404
    own = sign_in(app.test_client(), maria)
    assert own.get(f"/mails/written/{after[0].id}").status_code == 404


def test_a_mail_to_a_real_address_without_an_account_is_never_shown(secretary, amina, now):
    told(amina, "test.soon", now)
    _furnish()
    mail = the_mail()
    mail.recipient, mail.person_id = "somebody@somewhere.coop", None
    db.session.commit()
    assert secretary.client.get(f"/mails/written/{mail.id}").status_code == 404


def _furnish():
    db.session.execute(sa.update(Person).values(is_example=True))
    db.session.commit()


def _example(name):
    person = make_person(name)
    person.is_example = True
    make_account(person)
    db.session.commit()
    return person


def test_the_log_says_when_the_worker_was_seen_and_whom_to_tell_once_it_is_missed(secretary, clock, now):
    for _worker in range(2):
        heartbeat.beat(uuid4(), version="", now=now)
    db.session.commit()
    for view, words in (("", "2 workers send the mails"), ("/waiting", "2 workers send"), ("/dropped", "2 workers")):
        assert words in secretary.open(f"/mails/log{view}").text
    clock.shift(timedelta(minutes=6))
    assert "Tell whoever looks after the machine" in secretary.open("/mails/log").text


def test_an_example_of_what_was_told_is_written_without_keeping_anybody_from_writing(
    secretary, amina, now, monkeypatch
):
    told(amina, "test.soon", now)
    tried = []

    @contextmanager
    def noted():
        tried.append("begun")
        with undone_afterwards():
            yield
        tried.append("undone")

    monkeypatch.setattr(previewing, "undone_afterwards", noted)
    secretary.open("/mails/preview?kind=test.soon&in=fr")
    assert (secretary.status, tried) == (200, [])
    secretary.open("/mails/preview?topic=tasks")
    assert len(tried) > 2
    assert tried == ["begun", "undone"] * (len(tried) // 2)
