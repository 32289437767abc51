"""The links themselves: what is signed into them, and how they stand in a mail.

Nothing secret is stored: a link carries person, reader, act, thing, choice, a number of its own and a mark of the
address it is mailed to, packed and signed. Once the account has another address the mark does not fit any more.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import current_app
from itsdangerous import BadData, TimestampSigner
from itsdangerous.encoding import base64_decode, base64_encode

from app.core.addresses import absolute
from app.core.masking import shown_token

PATH = "/act/"
LIVES = timedelta(days=90)

_IDS = struct.Struct(">16s16s16s16s8s")
_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class ActLink:
    """What a link says. `about` is what the mail spoke of, in the act's own words (a version, say); `nonce` tells two
    links apart that say the same; `mark` is that of the reader's address."""

    kind: str
    choice: str
    subject_id: UUID
    person_id: UUID
    reader_id: UUID
    about: str
    nonce: UUID
    mark: bytes


def _signer() -> TimestampSigner:
    return TimestampSigner(str(current_app.config["SECRET_KEY"]), salt="core.acts")


def mark_of(address: str) -> bytes:
    """Return a mark of an address that nobody can guess it from: the link can be read by whoever has it."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"acts:{address.strip().casefold()}".encode(), hashlib.sha256).digest()[: _IDS.size - 64]


def token_of(link: ActLink) -> str:
    ids = (link.person_id.bytes, link.reader_id.bytes, link.subject_id.bytes, link.nonce.bytes, link.mark)
    words = _BETWEEN.join((link.kind, link.choice, link.about)).encode()
    return _signer().sign(base64_encode(_IDS.pack(*ids) + words)).decode()


def read(token: str) -> ActLink | None:
    """Return what a link says; None for one that was not made here, was cut off, or is too old."""
    try:
        packed = base64_decode(_signer().unsign(token, max_age=int(LIVES.total_seconds())))
        person, reader, subject, nonce, mark = _IDS.unpack(packed[: _IDS.size])
        kind, choice, about = packed[_IDS.size :].decode().split(_BETWEEN)
    except (BadData, struct.error, ValueError):
        return None
    return ActLink(
        kind, choice, UUID(bytes=subject), UUID(bytes=person), UUID(bytes=reader), about, UUID(bytes=nonce), mark
    )


def address_of(link: ActLink) -> str:
    """Return the whole address of a link, as it stands in a mail."""
    return absolute(f"{PATH}{shown_token(token_of(link))}")
