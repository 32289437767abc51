"""Rows of the contact form for tests."""

from __future__ import annotations

from typing import Any

from app.core.actors import SECRETARIAT
from app.extensions import db
from app.house.models import ContactMessage, ContactSubject
from tests.conftest import START


def make_contact_subject(**overrides: Any) -> ContactSubject:
    values = {"position": 0, "labels": {"en": "Evictions"}} | overrides
    row = ContactSubject(**values)
    db.session.add(row)
    db.session.flush()
    return row


def make_contact_message(**overrides: Any) -> ContactMessage:
    """A message that waits for the secretariat."""
    values = {
        "audience": SECRETARIAT,
        "email": "ana@example.org",
        "language": "pt",
        "body": "Onde me inscrevo?",
        "sent_at": START,
    } | overrides
    row = ContactMessage(**values)
    db.session.add(row)
    db.session.flush()
    return row
