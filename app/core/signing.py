"""What the house signs: tokens in links and forms, and marks by which something is known again without being told.

One key (`SECRET_KEY`), one way to use it, and a purpose on everything: what was made for one purpose opens nothing of
another. Signatures and marks are compared in constant time. Nothing secret is stored; a token can be read by whoever
holds it, and is no good once a letter of it is changed. A new key makes an end of every link that was mailed.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from itsdangerous import BadData, Serializer, Signer, TimestampSigner, URLSafeSerializer, URLSafeTimedSerializer
from itsdangerous.encoding import base64_decode, base64_encode

MARK = 8
"""Bytes of the mark of an address."""


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
        """Return a token that says these bytes: shorter than one of JSON, for links that stand in mails by twos."""
        return self._signer().sign(base64_encode(packed)).decode()

    def read_bytes(self, token: str) -> bytes | None:
        """As `read`, for what `token_of_bytes` made."""
        try:
            return base64_decode(self._signer().unsign(token, **self._limit()))
        except (BadData, ValueError):
            return None

    def _limit(self) -> dict[str, Any]:
        return {} if self.lives is None else {"max_age": int(self.lives.total_seconds())}

    def _serializer(self) -> Serializer[str]:
        kind = URLSafeSerializer if self.lives is None else URLSafeTimedSerializer
        return kind(_key(), salt=self.purpose)

    def _signer(self) -> Signer:
        return (Signer if self.lives is None else TimestampSigner)(_key(), salt=self.purpose)


def digest_of(purpose: str, words: bytes) -> bytes:
    """Return 32 bytes that this house alone can make of these words, and always the same."""
    return hmac.new(_key().encode(), f"{purpose}:".encode() + words, hashlib.sha256).digest()


def mark_of(address: str) -> bytes:
    """Return a mark of a mail address that nobody can guess it from: a link can be read by whoever has it. Links hold
    that of the address they were mailed to, and open nothing once their person has another."""
    return digest_of("acts", address.strip().casefold().encode())[:MARK]


def is_mark_of(mark: bytes, address: str) -> bool:
    return hmac.compare_digest(mark, mark_of(address))
