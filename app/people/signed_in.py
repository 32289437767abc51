"""Who is signed in on this browser: an opaque token in a cookie, its hash in `auth_session`. Signing out ends the row,
so a copied cookie is worth nothing afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
import structlog
from flask import Flask, Request, current_app
from flask_login import UserMixin
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import signed_in
from app.core.database import writing_briefly
from app.extensions import db, login_manager
from app.people.devices import LASTS, close_sessions, hash_of, open_session
from app.people.models import AuthSession, Person

__all__ = ["COOKIE", "LASTS", "SignedInPerson", "close_sessions", "give_cookie", "load", "open_session", "take_cookie"]

COOKIE = "maloca_person"
SEEN_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class SignedInPerson(UserMixin):  # type: ignore[misc]
    """What the edge knows of the person on this device."""

    person_id: UUID
    auth_session_id: UUID
    display_name: str
    language: str
    zone: str
    scheme: str
    last_seen_at: datetime

    def get_id(self) -> str:
        return str(self.auth_session_id)


def load(request: Request) -> SignedInPerson | None:
    """Return the person whose live device sent this request; None for everybody else."""
    token = request.cookies.get(COOKIE, "")
    if not token:
        return None
    row = db.session.execute(
        sa.select(AuthSession, Person)
        .join(Person, Person.id == AuthSession.person_id)
        .where(
            AuthSession.token_sha256 == hash_of(token),
            AuthSession.revoked_at.is_(None),
            AuthSession.expires_at > clock.now(),
            Person.erased_at.is_(None),
        )
    ).first()
    if row is None:
        return None
    device, person = row
    return SignedInPerson(
        person.id, device.id, person.name, person.page_language, person.zone, person.scheme, device.last_seen_at
    )


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


def _note_last_seen(response: Response) -> Response:
    """A named exception to "GET does not write": once an hour a device's row says that it was used, after the page
    is made, in a short transaction of its own. A busy database leaves it for the next page."""
    person = signed_in()
    now = clock.now()
    if not isinstance(person, SignedInPerson) or person.last_seen_at > now - SEEN_EVERY or response.is_streamed:
        return response
    seen = sa.update(AuthSession).where(AuthSession.id == person.auth_session_id).values(last_seen_at=now)
    try:
        with writing_briefly():
            db.session.execute(seen)
    except OperationalError as error:
        structlog.get_logger().warning("people.last_seen_skipped", kind=type(error.orig).__name__)
    return response


def init_app(app: Flask) -> None:
    login_manager.request_loader(load)
    app.after_request(_note_last_seen)
