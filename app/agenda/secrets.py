"""The secret in a private address: 256 bits that nobody guesses, of which the house keeps a hash alone."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from uuid import UUID

from app.core.signing import digest_of


def secret_for(person_id: UUID, submission_id: UUID) -> str:
    """Return the secret of the link that this form makes: the same form sent again, by a double click or after a line
    was lost, finds the same one, which is then shown after all."""
    return urlsafe_b64encode(digest_of("agenda.link", person_id.bytes + submission_id.bytes)).decode().rstrip("=")


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
