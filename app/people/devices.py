"""Signed-in devices as rows: opened with a random token of which only the hash is kept, closed for good.

Knows no cookies: `app.people.signed_in` carries the token to and from browsers.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.core.database import change_rows
from app.extensions import db
from app.people.models import AuthSession

LASTS = timedelta(days=30)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(person_id: UUID, *, device: str, now: datetime) -> str:
    """Write a new signed-in device and return its token (256 bits, URL-safe)."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        AuthSession(
            token_sha256=hash_of(token),
            person_id=person_id,
            device=device[:120],
            created_at=now,
            last_seen_at=now,
            expires_at=now + LASTS,
        )
    )
    db.session.flush()
    return token


def close_sessions(person_id: UUID, *, now: datetime, only: UUID | None = None, but: UUID | None = None) -> int:
    """End the signed-in devices of a person: one, all, or all but the one at hand. Returns how many ended."""
    ending = sa.update(AuthSession).where(AuthSession.person_id == person_id, AuthSession.revoked_at.is_(None))
    if only is not None:
        ending = ending.where(AuthSession.id == only)
    if but is not None:
        ending = ending.where(AuthSession.id != but)
    return change_rows(ending.values(revoked_at=now))
