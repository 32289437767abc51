"""From a notice to a delivered mail: once, in the recipient's language, and never silently lost."""

import email
import email.header
import email.policy
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask_babel import get_locale

from app.core import jobs, mails, outbox, personal_data, registries
from app.core.mail_url import transport_for
from app.core.mails import encode_header, letter, message
from app.core.notices import Notice, tell
from app.core.outbox import MailState, OutboxMail, delivering, forgetting
from app.core.registries import Contact
from app.core.transport import FileTransport, Passing, Refused
from app.examples.notice import holds_examples
from app.extensions import db
from config import Settings
from tests.make.people import make_person

PERSON = uuid4()
ARABIC = "جلسة " * 30 + "غدًا\u2028في بيروت"


@pytest.fixture
def contacts(monkeypatch):
    """Two persons: one with an address and French, the other with none."""
    monkeypatch.setattr(
        registries,
        "contacts",
        lambda ids: {PERSON: Contact("amina@example.org", "fr", "Amina Exemple")} if PERSON in ids else {},
    )
    monkeypatch.setitem(mails._writers, "test.hello", write_hello)
    monkeypatch.setitem(mails._writers, "test.broken", write_broken)
    monkeypatch.setitem(mails._writers, "test.gone", lambda _parameters, _contact: None)


def write_hello(parameters, contact):
    return letter(f"Hello {contact.name}", f"{get_locale()} {parameters['n']}")


def write_broken(_parameters, _contact):
    raise LookupError("this mail cannot be written")


def deliver(now):
    outbox.address_notices(now)
    return outbox.deliver_due(now)


def the_mail() -> OutboxMail:
    db.session.expire_all()
    return db.session.scalars(sa.select(OutboxMail)).one()


def sent_files(app) -> list[Path]:
    return sorted((app.extensions["maloca"].instance / "mails").glob("*.eml"))


@pytest.fixture(autouse=True)
def _no_old_mails(app):
    for file in sent_files(app):
        file.unlink()


def test_a_notice_becomes_one_mail_in_the_language_of_its_reader(app, now, contacts):
    tell(PERSON, "test.hello", "k1", {"n": 7}, now=now)
    assert deliver(now) == 1
    assert deliver(now) == 0
    mail = the_mail()
    assert (mail.state, mail.recipient) == (MailState.SENT, "amina@example.org")
    assert now <= mail.handed_at <= mail.sent_at < now + timedelta(minutes=1)
    [file] = sent_files(app)
    read = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert read["Subject"] == "Hello Amina Exemple"
    assert read["Message-ID"] == mail.message_id
    assert read["Content-Language"] == "fr"
    assert read.get_content().split() == ["Bonjour", "Amina", "Exemple,", "fr", "7", "Maloca"]
    assert file.stat().st_mode & 0o077 == 0 or file.parent.stat().st_mode & 0o077 == 0


def test_the_same_fact_told_twice_is_one_notice(app, now, contacts):
    for _ in range(3):
        tell(PERSON, "test.hello", "k1", {"n": 1}, now=now)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 1


def test_who_has_no_address_is_not_written_to_and_it_is_known(app, now, contacts):
    tell(uuid4(), "test.hello", "k1", {"n": 1}, now=now)
    assert deliver(now) == 0
    assert db.session.scalars(sa.select(Notice)).one().dropped_at == now


def test_what_is_no_longer_wanted_is_cancelled_at_the_last_moment(app, now, contacts, monkeypatch):
    monkeypatch.setitem(registries._still_wanted, "test.hello", lambda notice, _now: notice.parameters["n"] > 1)
    tell(PERSON, "test.hello", "k1", {"n": 1}, now=now)
    deliver(now)
    assert the_mail().state is MailState.CANCELLED
    assert sent_files(app) == []


def test_a_mail_about_something_gone_is_cancelled(app, now, contacts):
    tell(PERSON, "test.gone", "k1", {}, now=now)
    deliver(now)
    assert the_mail().state is MailState.CANCELLED


def test_a_mail_after_its_time_is_not_sent(app, now, contacts):
    tell(PERSON, "test.hello", "k1", {"n": 1}, now=now, expires_at=now + timedelta(hours=1))
    outbox.address_notices(now)
    outbox.deliver_due(now + timedelta(hours=2))
    assert the_mail().state is MailState.EXPIRED


def test_a_mail_that_cannot_be_written_fails_alone(app, now, contacts):
    tell(PERSON, "test.broken", "k1", {}, now=now)
    tell(PERSON, "test.hello", "k2", {"n": 1}, now=now)
    deliver(now)
    states = dict(db.session.execute(sa.select(OutboxMail.kind, OutboxMail.state)).all())
    assert states == {"test.broken": MailState.FAILED, "test.hello": MailState.SENT}
    broken = sa.select(OutboxMail.last_error).where(OutboxMail.kind == "test.broken")
    assert db.session.scalar(broken) == "unwritable", "the name of a fault is for the log of the machine"


class Refusing:
    def __init__(self, error):
        self.error = error

    def send(self, *_given):
        raise self.error

    def close(self):
        pass


def test_a_passing_fault_is_tried_again_later_and_a_refusal_is_final(app, now, contacts, monkeypatch):
    tell(PERSON, "test.hello", "k1", {"n": 1}, now=now)
    monkeypatch.setattr(delivering, "transport_for", lambda _settings: Refusing(Passing("smtp 451")))
    deliver(now)
    mail = the_mail()
    assert (mail.state, mail.attempts, mail.last_error) == (MailState.PENDING, 1, "smtp 451")
    assert timedelta(minutes=1) <= mail.not_before - now < timedelta(minutes=1.3)
    assert outbox.deliver_due(now) == 0
    monkeypatch.setattr(delivering, "transport_for", lambda _settings: Refusing(Refused("550")))
    assert outbox.deliver_due(now + timedelta(minutes=2)) == 1
    assert (the_mail().state, the_mail().last_error) == (MailState.FAILED, "550")


def test_the_words_of_a_mail_are_forgotten_after_some_days(app, now, contacts):
    tell(PERSON, "test.hello", "k1", {"n": 1}, now=now)
    deliver(now)
    assert the_mail().rendered
    assert outbox.drop_old_bytes(now + forgetting.KEEP_BYTES + timedelta(hours=1)) == 1
    assert the_mail().rendered is None


def test_an_erased_person_leaves_no_address_and_no_words_behind(app, now, contacts):
    tell(PERSON, "test.hello", "k1", {"n": 1}, now=now)
    deliver(now)
    tell(PERSON, "test.hello", "k2", {"n": 2}, now=now)
    outbox.address_notices(now)
    tell(PERSON, "test.hello", "k3", {"n": 3}, now=now)
    db.session.commit()
    assert len(personal_data.export_person(PERSON)["mails"]) == 2
    personal_data.erase_person(PERSON, now)
    db.session.commit()
    mails_left = db.session.scalars(sa.select(OutboxMail)).all()
    assert {(mail.recipient, mail.rendered) for mail in mails_left} == {("", None)}
    assert {mail.state for mail in mails_left} == {MailState.SENT, MailState.CANCELLED}
    assert deliver(now + timedelta(hours=1)) == 0


def test_merged_people_keep_their_mails(app, now, contacts):
    kept = uuid4()
    tell(PERSON, "test.hello", "k1", {"n": 1}, now=now)
    deliver(now)
    personal_data.merge_person(kept, PERSON, now)
    db.session.commit()
    assert the_mail().person_id == kept


def test_every_job_runs_on_an_empty_house(own_app):
    assert set(jobs.run_all(own_app).values()) == {0}


@pytest.mark.parametrize(
    "subject",
    [
        "plain",
        "Réunion déplacée à demain, même lien",
        ARABIC,
        "x" * 900,
        "é" * 400,
        "a\r\nBcc: everybody@example.org",
        "one\x0btwo\x0cthree\x85four",
        "emoji 🏠🏘️ and text " * 8,
    ],
)
def test_a_subject_survives_the_way_out_and_back(subject):
    mail = message(subject, "t", sender="Maison d'été <maloca@example.org>", recipient="a@example.org", language="fr")
    raw = mail.as_bytes()
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert read["Subject"] == " ".join(subject.split())
    assert read["Bcc"] is None
    assert read["From"].addresses[0].display_name == "Maison d'été"


def test_no_encoded_word_is_longer_than_mail_allows():
    assert all(len(word) <= 75 for word in encode_header(ARABIC).split(" "))


def test_a_header_holds_no_marks_that_nobody_sees():
    assert encode_header("\u2068Land\u2069: \u2066a letter\u2069") == "Land: a letter"
    assert encode_header("A night \u202e KCAB on Sunday") == "A night KCAB on Sunday", "nothing behind it turns round"


def test_words_that_look_like_an_encoded_word_are_not_read_as_one():
    title = "=?utf-8?q?Cancelled?= on Sunday"
    assert email.header.make_header(email.header.decode_header(encode_header(title))) == title


def test_a_text_survives_line_separators():
    mail = message("s", ARABIC, sender="m@example.org", recipient="a@example.org", language="ar")
    read = email.message_from_bytes(mail.as_bytes(), policy=email.policy.default)
    assert read.get_content().splitlines() == ARABIC.splitlines()


def test_without_a_mail_url_mails_wait(tmp_path, app, now, contacts, monkeypatch):
    monkeypatch.setattr(registries, "_is_example", {})
    nowhere = Settings(instance=tmp_path, secret_key="k")
    monkeypatch.setattr(delivering, "transport_for", lambda _settings: transport_for(nowhere))
    tell(PERSON, "test.hello", "k1", {"n": 1}, now=now)
    assert deliver(now) == 0
    assert the_mail().state is MailState.PENDING


def test_in_a_house_of_example_data_mails_without_a_mail_url_are_files(tmp_path, app, monkeypatch):
    monkeypatch.setattr(registries, "_is_example", {"examples": holds_examples})
    assert transport_for(Settings(instance=tmp_path, secret_key="k")) is None
    make_person("Amina Exemple", is_example=True)
    transport = transport_for(Settings(instance=tmp_path, secret_key="k"))
    assert isinstance(transport, FileTransport)
    assert transport.folder == tmp_path / "mails"
