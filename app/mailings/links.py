"""The links of a mail: signed for one person, the address it was mailed to and its topics, usable again and again.

They open what one gets by mail and nothing else; who forwards a mail hands that on (docs/decisions/0023). Once the
person has another address, is erased or joined with another, they open nothing.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from uuid import UUID

from app.core import registries
from app.core.addresses import absolute
from app.core.masking import shown_token
from app.core.registries import WaysOut
from app.core.signing import SHORT_MARK, Seal, is_mark_of, mark_of
from app.extensions import db
from app.people.models import Person

SEAL = Seal("mailings.links.2")
LONG_SEAL = Seal("mailings.links")
"""Of links that were mailed before there were short ones: they open for ever."""

_HEAD = struct.Struct(f">16s{SHORT_MARK}s")

EVERYTHING = ""
"""In place of topics, in mails about several that left before links named each: all that can be stopped."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that is good: for whom, in which language they are written to, and the codes of the topics of the mail,
    parted by commas."""

    person: Person
    language: str
    topics: str


def token_of(person_id: UUID, address: str, topics: str) -> str:
    return SEAL.token_of_bytes(_HEAD.pack(person_id.bytes, mark_of(address)[:SHORT_MARK]) + topics.encode())


def open_link(token: str) -> Opened | None:
    """Return what a token opens; None for one that was not made here, or not for the address its person has now."""
    try:
        person_id, mark, topics = _read(token)
    except (struct.error, ValueError, TypeError, AttributeError):
        return None
    contact = registries.contacts([person_id]).get(person_id)
    person = db.session.get(Person, person_id)
    if contact is None or person is None or person.erased_at is not None:
        return None
    return Opened(person, contact.language, topics) if is_mark_of(mark, contact.email) else None


def _read(token: str) -> tuple[UUID, bytes, str]:
    packed = SEAL.read_bytes(token)
    if packed is not None:
        person, mark = _HEAD.unpack(packed[: _HEAD.size])
        return UUID(bytes=person), mark, packed[_HEAD.size :].decode()
    person_hex, topics, mark_hex = LONG_SEAL.read(token)
    return UUID(person_hex), bytes.fromhex(mark_hex), str(topics)


def ways_out(person_id: UUID, address: str, topics: str) -> WaysOut:
    """Return the links of a mail: the page at its foot, and the address for the one click of a mail program."""
    token = shown_token(token_of(person_id, address, topics))
    return WaysOut(choose=absolute(f"/mails/choices/{token}"), stop=absolute(f"/mails/stop/{token}"))
