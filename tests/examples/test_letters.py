"""Mails to read in a house that was just made."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.actors import Actor
from app.core.notices import Notice
from app.core.outbox import MailState, OutboxMail
from app.core.outbox.wanting import ask
from app.core.outbox.writing import UNWRITABLE, write
from app.core.registries import actor_at, contacts
from app.examples import letters, make_examples
from app.examples.cast import ACCOUNTS
from app.extensions import db
from app.mailings import previewing
from app.mailings.readable import readable
from app.people.models import Account, Person


@pytest.fixture
def written(app: Flask, now: datetime, tmp_path: Path) -> list[OutboxMail]:
    settings = app.extensions["maloca"].model_copy(update={"example_password": "three words here"})
    make_examples(settings, now=now, with_mails=True)
    db.session.commit()
    letters.deliver(now)
    return list(db.session.scalars(sa.select(OutboxMail).where(OutboxMail.state == MailState.SENT)))


def of(key: str, now: datetime) -> Actor:
    account = db.session.scalars(sa.select(Account).where(Account.email == ACCOUNTS[key])).one()
    return actor_at(account.person_id, now)


def test_a_fresh_house_has_mails_in_five_languages_for_everybody_who_signs_in(
    written: list[OutboxMail], now: datetime
) -> None:
    languages, people = (Counter(mail.language for mail in written), Counter(mail.recipient for mail in written))
    assert set(languages) == {"ar", "en", "es", "fr", "pt"}
    assert set(ACCOUNTS.values()) <= set(people)
    assert 12 <= len(written) <= 90
    failed = db.session.scalars(sa.select(OutboxMail.last_error).where(OutboxMail.state == MailState.FAILED)).all()
    assert failed == ["552 5.2.2 Mailbox full"], "the one that the desk was given to look at"
    assert all(mail.recipient.endswith("@example.org") for mail in written)
    for key in ACCOUNTS:
        assert db.session.scalars(readable(of(key, now))).all(), key


def test_every_example_mail_can_be_written_anew(written: list[OutboxMail], now: datetime) -> None:
    every = list(db.session.scalars(sa.select(OutboxMail)))
    assert {MailState.SENT, MailState.FAILED} <= {mail.state for mail in every}
    reached = contacts([mail.person_id for mail in every if mail.person_id is not None])
    for mail in every:
        asked = ask([mail.id], now)[mail.id]
        made = write(mail, asked, reached.get(mail.person_id or mail.id), now)
        assert made.error != UNWRITABLE, mail.kind
        assert made.message is not None or mail.state is not MailState.FAILED, mail.kind


def test_nothing_of_the_making_waits_and_each_kind_has_an_example(written: list[OutboxMail], now: datetime) -> None:
    waits = sa.select(Notice.kind).where(Notice.mail_id.is_(None), Notice.dropped_at.is_(None))
    assert db.session.scalars(waits).all() == []
    kinds = [kind for _topic, kinds in previewing.kinds_to_read(of("jo", now)) for kind in kinds]
    assert len(kinds) > 25
    assert {"reminders.gathering", "sessions.session_moved", "sessions.session_cancelled"} <= set(kinds)
    assert "digest" in {mail.kind for mail in written}
    for kind in kinds:
        letter = previewing.preview(of("jo", now), kind, "en", now=now)
        assert letter is not None, kind
        assert "Mama Ngonde" not in letter.subject + letter.text, kind
    asked = {mail.state for mail in db.session.scalars(sa.select(OutboxMail)) if mail.kind.endswith(".joining_asked")}
    assert MailState.SENT in asked, "somebody is asked to co-sign"
    persons = set(db.session.scalars(sa.select(Person.id).where(Person.is_example)))
    assert set(db.session.scalars(sa.select(Notice.person_id))) <= persons
