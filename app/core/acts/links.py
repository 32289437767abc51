"""The links themselves: what is signed into them, and how they stand in a mail.

Nothing secret is stored: a link carries person, reader, act, thing, choice, a number of its own and a mark of the
address it is mailed to, packed and signed. Once the account has another address the mark does not fit any more.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.core.addresses import absolute
from app.core.masking import shown_token
from app.core.signing import MARK, Seal

PATH = "/act/"
LIVES = timedelta(days=90)

SEAL = Seal("core.acts", LIVES)

_IDS = struct.Struct(f">16s16s16s16s{MARK}s")
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


def token_of(link: ActLink) -> str:
    ids = (link.person_id.bytes, link.reader_id.bytes, link.subject_id.bytes, link.nonce.bytes, link.mark)
    words = _BETWEEN.join((link.kind, link.choice, link.about)).encode()
    return SEAL.token_of_bytes(_IDS.pack(*ids) + words)


def read(token: str) -> ActLink | None:
    """Return what a link says; None for one that was not made here, was cut off, or is too old."""
    packed = SEAL.read_bytes(token)
    if packed is None:
        return None
    try:
        person, reader, subject, nonce, mark = _IDS.unpack(packed[: _IDS.size])
        kind, choice, about = packed[_IDS.size :].decode().split(_BETWEEN)
    except (struct.error, ValueError):
        return None
    return ActLink(
        kind, choice, UUID(bytes=subject), UUID(bytes=person), UUID(bytes=reader), about, UUID(bytes=nonce), mark
    )


def address_of(link: ActLink) -> str:
    """Return the whole address of a link, as it stands in a mail."""
    return absolute(f"{PATH}{shown_token(token_of(link))}")
