"""What the house signs: tokens in links and forms, and marks by which something is known again without being told.

One key (`SECRET_KEY`), one way to use it, and a purpose on everything: what was made for one purpose opens nothing of
another. Signatures and marks are compared in constant time. Nothing secret is stored; a token can be read by whoever
holds it, and is no good once a letter of it is changed. A new key makes an end of every link that was mailed.

What stands in mails by tens is sealed short: bytes, the second it was made where it does not live for ever, and 128
bits of HMAC-SHA-256 in base64url, without a dot. Longer tokens with dots go on opening what they were made for.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from itsdangerous import BadData, Serializer, Signer, TimestampSigner, URLSafeSerializer, URLSafeTimedSerializer
from itsdangerous.encoding import base64_decode, base64_encode

MARK = 8
"""Bytes of the mark of an address in the links that were mailed first."""

SHORT_MARK = 4
"""Bytes of it in short ones: enough to tell another address, as nobody can make the mark of an address they choose."""

_TAG = 16
_MADE = 4
_LONGEST = 2000
"""Letters of a token that is looked at, at most."""


def _key() -> str:
    return str(current_app.config["SECRET_KEY"])


@dataclass(frozen=True, slots=True)
class Seal:
    """What one kind of token is signed with, and for how long such a token is good: for ever where `lives` is None,
    whose room then keeps when it ends."""

    purpose: str
    lives: timedelta | None = None

    def token_of(self, payload: Any) -> str:
        """Return a token that says `payload`: what JSON can hold."""
        return str(self._serializer().dumps(payload))

    def read(self, token: str) -> Any:
        """Return what a token says; None for one that was not made here, for this purpose, or is too old."""
        try:
            return self._serializer().loads(token, **self._limit())
        except (BadData, ValueError):
            return None

    def read_id(self, token: str) -> UUID | None:
        """Return the id of a token that was made of its 32 letters."""
        said = self.read(token)
        try:
            return UUID(said)
        except (ValueError, TypeError, AttributeError):
            return None

    def token_of_bytes(self, packed: bytes) -> str:
        """Return a short token that says these bytes, for links that stand in mails by twos."""
        sealed = b"" if self.lives is None else int(time.time()).to_bytes(_MADE)
        sealed += packed
        return base64_encode(sealed + self._tag(sealed)).decode()

    def read_bytes(self, token: str) -> bytes | None:
        """As `read`, for what `token_of_bytes` made: letter by letter what was made, as one token is good once."""
        whole = _bytes_of(token)
        sealed, tag = whole[:-_TAG], whole[-_TAG:]
        if not hmac.compare_digest(tag, self._tag(sealed)):
            return None
        if self.lives is None:
            return sealed
        age = int(time.time()) - int.from_bytes(sealed[:_MADE])
        return sealed[_MADE:] if age <= self.lives.total_seconds() else None

    def read_long_bytes(self, token: str) -> bytes | None:
        """As `read_bytes`, for a token of bytes as they were mailed before there were short ones."""
        signer = (Signer if self.lives is None else TimestampSigner)(_key(), salt=self.purpose)
        try:
            return base64_decode(signer.unsign(token, **self._limit()))
        except (BadData, ValueError):
            return None

    def _tag(self, sealed: bytes) -> bytes:
        return digest_of(f"seal.{self.purpose}", sealed)[:_TAG]

    def _limit(self) -> dict[str, Any]:
        return {} if self.lives is None else {"max_age": int(self.lives.total_seconds())}

    def _serializer(self) -> Serializer[str]:
        kind = URLSafeSerializer if self.lives is None else URLSafeTimedSerializer
        return kind(_key(), salt=self.purpose)


def _bytes_of(token: str) -> bytes:
    """Return the bytes of a short token; none for what was not written by `base64_encode`, which others write in many
    ways: those would be as many links."""
    try:
        whole = base64_decode(token) if len(token) <= _LONGEST else b""
    except (BadData, ValueError):
        return b""
    return whole if base64_encode(whole).decode() == token else b""


def digest_of(purpose: str, words: bytes) -> bytes:
    """Return 32 bytes that this house alone can make of these words, and always the same."""
    return hmac.new(_key().encode(), f"{purpose}:".encode() + words, hashlib.sha256).digest()


def mark_of(address: str) -> bytes:
    """Return a mark of a mail address that nobody can guess it from: a link can be read by whoever has it. Links hold
    that of the address they were mailed to, and open nothing once their person has another."""
    return digest_of("acts", address.strip().casefold().encode())[:MARK]


def is_mark_of(mark: bytes, address: str) -> bool:
    """Whether a mark, short or long, is that of an address."""
    whole = mark_of(address)
    return hmac.compare_digest(mark, whole if len(mark) != SHORT_MARK else whole[:SHORT_MARK])
