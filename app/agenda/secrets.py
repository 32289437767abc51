"""The secret in a private address: 256 bits that nobody guesses, of which the house keeps a hash alone."""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from flask import current_app
from itsdangerous.encoding import base64_encode


def secret_for(person_id: UUID, submission_id: UUID) -> str:
    """Return the secret of the link that this form makes: the same form sent again, by a double click or after a line
    was lost, finds the same one, which is then shown after all."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    words = b"agenda.link:" + person_id.bytes + submission_id.bytes
    return base64_encode(hmac.new(key, words, hashlib.sha256).digest()).decode()


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
