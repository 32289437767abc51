"""Signed-in devices: an opaque token in a cookie, its hash in `auth_session`. Signing out ends the row, so a copied
cookie is worth nothing afterwards."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from flask import Flask, Request, current_app
from flask_login import UserMixin
from werkzeug.wrappers import Response

from app.core import clock
from app.core.database import change_rows
from app.extensions import db, login_manager
from app.people.models import AuthSession, Person

COOKIE = "maloca_person"
LASTS = timedelta(days=30)


@dataclass(frozen=True)
class SignedInPerson(UserMixin):  # type: ignore[misc]
    """What the edge knows of the person on this device."""

    person_id: UUID
    auth_session_id: UUID
    display_name: str
    language: str
    zone: str
    scheme: str

    def get_id(self) -> str:
        return str(self.auth_session_id)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(person_id: UUID, *, device: str, now: datetime) -> str:
    """Write a new signed-in device and return its token (256 bits, URL-safe)."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        AuthSession(
            token_sha256=_hash(token),
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


def load(request: Request) -> SignedInPerson | None:
    """Return the person whose live device sent this request; None for everybody else."""
    token = request.cookies.get(COOKIE, "")
    if not token:
        return None
    row = db.session.execute(
        sa.select(AuthSession, Person)
        .join(Person, Person.id == AuthSession.person_id)
        .where(
            AuthSession.token_sha256 == _hash(token),
            AuthSession.revoked_at.is_(None),
            AuthSession.expires_at > clock.now(),
            Person.erased_at.is_(None),
        )
    ).first()
    if row is None:
        return None
    device, person = row
    return SignedInPerson(person.id, device.id, person.name, person.page_language, person.zone, person.scheme)


def give_cookie(response: Response, token: str) -> None:
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=current_app.extensions["maloca"].https,
    )


def take_cookie(response: Response) -> None:
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax")


def init_app(_app: Flask) -> None:
    login_manager.request_loader(load)
