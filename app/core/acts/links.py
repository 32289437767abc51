"""The links themselves: what is signed into them, and how they stand in a mail.

Nothing secret is stored: a link carries person, reader, act, thing, choice and a mark of the address it is mailed to,
packed into few bytes and sealed (`core.signing`); the seal is its number. Once the account has another address the mark
does not fit any more. The links that were mailed before had twice the letters: they open as long as they live.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.core.acts.packing import pack, unpack
from app.core.addresses import absolute
from app.core.masking import shown_token
from app.core.signing import MARK, SHORT_MARK, Seal

PATH = "/act/"
LIVES = timedelta(days=90)

SEAL = Seal("core.acts.2", LIVES)
LONG_SEAL = Seal("core.acts", LIVES)

_HEAD = struct.Struct(f">B2s16s16s{SHORT_MARK}s")
_VERSION = 2
_ANOTHER_READS = 0x80
"""In the first byte, beside the version: the reader is not the person and comes next."""

_LONG_HEAD = struct.Struct(f">16s16s16s16s{MARK}s")
_BETWEEN = "\x1f"

_UNNUMBERED = UUID(int=0)


@dataclass(frozen=True, slots=True)
class ActLink:
    """What a link says. `about` is what the mail spoke of, in the act's own words (a version, say); `mark` is that of
    the reader's address; `nonce` is the number of a link that was read: one that is being written has none yet."""

    kind: str
    choice: str
    subject_id: UUID
    person_id: UUID
    reader_id: UUID
    about: str
    mark: bytes
    nonce: UUID = _UNNUMBERED


_named: dict[bytes, tuple[str, str]] = {}


def name_answer(kind: str, choice: str) -> None:
    """Let links say an answer of an act in two bytes. Raises `ValueError` where another has the same two: choose
    another name for the new one then, as the names are in mails."""
    if _named.setdefault(_code(kind, choice), (kind, choice)) != (kind, choice):
        raise ValueError(f"{kind} {choice} has the code of {_named[_code(kind, choice)]}")


def _code(kind: str, choice: str) -> bytes:
    return hashlib.sha256(f"{kind}{_BETWEEN}{choice}".encode()).digest()[:2]


def token_of(link: ActLink) -> str:
    is_own = link.reader_id == link.person_id
    head = _HEAD.pack(
        _VERSION if is_own else _VERSION | _ANOTHER_READS,
        _code(link.kind, link.choice),
        link.person_id.bytes,
        link.subject_id.bytes,
        link.mark,
    )
    return SEAL.token_of_bytes(head + (b"" if is_own else link.reader_id.bytes) + pack(link.about))


def read(token: str) -> ActLink | None:
    """Return what a link says; None for one that was not made here, was cut off, is too old, or whose answer is none of
    this house any more."""
    try:
        packed = SEAL.read_bytes(token)
        if packed is not None:
            return _unpacked(packed, _number_of(token))
        packed = LONG_SEAL.read_long_bytes(token)
        return None if packed is None else _unpacked_long(packed)
    except (struct.error, ValueError, LookupError):
        return None


def _number_of(token: str) -> UUID:
    return UUID(bytes=hashlib.sha256(token.encode()).digest()[:16])


def _unpacked(packed: bytes, number: UUID) -> ActLink:
    first, code, person, subject, mark = _HEAD.unpack(packed[: _HEAD.size])
    if first & ~_ANOTHER_READS != _VERSION:
        raise ValueError("another version")
    kind, choice = _named[code]
    rest, reader = packed[_HEAD.size :], person
    if first & _ANOTHER_READS:
        reader, rest = rest[:16], rest[16:]
    thing, person_id, reader_id = (UUID(bytes=one) for one in (subject, person, reader))
    return ActLink(kind, choice, thing, person_id, reader_id, unpack(rest), mark, number)


def _unpacked_long(packed: bytes) -> ActLink:
    person, reader, subject, nonce, mark = _LONG_HEAD.unpack(packed[: _LONG_HEAD.size])
    kind, choice, about = packed[_LONG_HEAD.size :].decode().split(_BETWEEN)
    thing, person_id, reader_id = (UUID(bytes=one) for one in (subject, person, reader))
    return ActLink(kind, choice, thing, person_id, reader_id, about, mark, UUID(bytes=nonce))


def address_of(link: ActLink) -> str:
    """Return the whole address of a link, as it stands in a mail."""
    return absolute(f"{PATH}{shown_token(token_of(link))}")
