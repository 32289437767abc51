"""Readers, a password that is hashed once, and mails as their recipients get them."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import outbox
from app.core.outbox import OutboxMail
from app.extensions import db
from app.people.models import Account, Person
from app.people.passwords import hash_password
from tests.journeys.reader import Reader
from tests.make.people import make_account, make_person, sign_in

PASSWORD = "a quiet green morning"


@pytest.fixture(scope="session")
def password_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def visitor(app: Flask, now: datetime) -> Reader:
    return Reader(app.test_client())


@pytest.fixture
def reader_of(app: Flask, now: datetime) -> Callable[[Person], Reader]:
    """Return a maker of readers who are signed in as a person."""
    return lambda person: Reader(sign_in(app.test_client(), person))


@pytest.fixture
def known(app: Flask, now: datetime, password_hash: str) -> Account:
    """Somebody with an account and the password."""
    account = make_account(make_person("Amina Exemple"), "amina@example.org", password_hash=password_hash)
    db.session.commit()
    return account


@pytest.fixture
def mails(app: Flask) -> Callable[[datetime], list[EmailMessage]]:
    """Return a sender: what was waiting is delivered, and every mail delivered so far is returned, oldest first."""

    def deliver(now: datetime) -> list[EmailMessage]:
        for hour in (now, now + timedelta(days=1)):  # what leaves at once, then what waits for the next morning
            outbox.address_notices(hour)
            outbox.deliver_due(hour)
        rows = db.session.scalars(sa.select(OutboxMail).order_by(OutboxMail.created_at, OutboxMail.id))
        return [email.message_from_bytes(row.rendered, policy=email.policy.default) for row in rows if row.rendered]

    return deliver
