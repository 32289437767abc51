"""The links of a mail: signed for one person, the address it was mailed to and one topic, usable again and again.

They open what one gets by mail and nothing else; who forwards a mail hands that on (docs/decisions/0023). Once the
person has another address, is erased or joined with another, they open nothing.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from app.core import registries
from app.core.acts.links import mark_of
from app.core.addresses import absolute
from app.core.masking import shown_token
from app.core.registries import WaysOut
from app.extensions import db
from app.people.models import Person

EVERYTHING = ""
"""In place of a topic: all that can be stopped."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that is good: for whom, in which language they are written to, and the code of the topic of the mail."""

    person: Person
    language: str
    topic: str


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="mailings.links")


def token_of(person_id: UUID, address: str, topic: str) -> str:
    return str(_signer().dumps([person_id.hex, topic, mark_of(address).hex()]))


def open_link(token: str) -> Opened | None:
    """Return what a token opens; None for one that was not made here, or not for the address its person has now."""
    try:
        person_hex, topic, mark = _signer().loads(token)
        person_id = UUID(person_hex)
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None
    contact = registries.contacts([person_id]).get(person_id)
    person = db.session.get(Person, person_id)
    if contact is None or person is None or person.erased_at is not None:
        return None
    fits = hmac.compare_digest(str(mark).encode(), mark_of(contact.email).hex().encode())
    return Opened(person, contact.language, str(topic)) if fits else None


def ways_out(person_id: UUID, address: str, topic: str) -> WaysOut:
    """Return the links of a mail: the page at its foot, and the address for the one click of a mail program."""
    token = shown_token(token_of(person_id, address, topic))
    return WaysOut(choose=absolute(f"/mails/choices/{token}"), stop=absolute(f"/mails/stop/{token}"))
