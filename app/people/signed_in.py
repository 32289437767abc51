"""Who is signed in on this browser: an opaque token in a cookie, its hash in `auth_session`. Signing out ends the row,
so a copied cookie is worth nothing afterwards.

The row also says in whose name this device acts: its person's own, an organisation's they speak for, or that of a
person without an account whom they help. What was chosen counts only while it holds: that is asked at each request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
import structlog
from flask import Flask, Request, current_app
from flask_login import UserMixin
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import aliased
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import Actor
from app.core.context import signed_in
from app.core.database import writing_briefly
from app.core.registries import actor_at, actors_at, lent
from app.extensions import db, login_manager
from app.people.devices import LASTS, close_sessions, hash_of, open_session
from app.people.keys import mandate_key
from app.people.models import Assistance, AuthSession, Person
from app.people.policy import can_help
from app.people.queries.assistance import has_taken_account

__all__ = ["COOKIE", "LASTS", "SignedInPerson", "close_sessions", "give_cookie", "load", "open_session", "take_cookie"]

COOKIE = "maloca_person"
SEEN_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class SignedInPerson(UserMixin):  # type: ignore[misc]
    """What the edge knows of the person on this device. `speaks_for` is the organisation chosen here, `helped_id` the
    person for whom they write here: one of the two at most, and neither after signing in."""

    person_id: UUID
    auth_session_id: UUID
    display_name: str
    language: str
    zone: str
    scheme: str
    last_seen_at: datetime
    speaks_for: UUID | None = None
    helped_id: UUID | None = None
    helped_name: str = ""

    def actor(self, now: datetime) -> Actor:
        """Return who acts here. A mandate that is over leaves the person to themselves, and so does the help of
        somebody whose own affiliation has ended."""
        if self.helped_id is not None:
            actors = actors_at([self.person_id, self.helped_id], now)
            helper = actors[self.person_id]
            return lent(actors[self.helped_id], self.person_id) if can_help(helper) else helper
        own = self.own_actor(now)
        if self.speaks_for is not None and own.holds(mandate_key(self.speaks_for)):
            return replace(own, acting_for=self.speaks_for)
        return own

    def own_actor(self, now: datetime) -> Actor:
        """Return the person at the device, acting for themselves."""
        return actor_at(self.person_id, now)

    def get_id(self) -> str:
        return str(self.auth_session_id)


def load(request: Request) -> SignedInPerson | None:
    """Return the person whose live device sent this request; None for everybody else."""
    token = request.cookies.get(COOKIE, "")
    if not token:
        return None
    helped = aliased(Person)
    row = db.session.execute(
        sa.select(AuthSession, Person, helped.id, helped.name)
        .join(Person, Person.id == AuthSession.person_id)
        .outerjoin(
            Assistance,
            sa.and_(
                Assistance.person_id == AuthSession.helping_person_id,
                Assistance.helper_id == AuthSession.person_id,
                Assistance.ended_at.is_(None),
            ),
        )
        .outerjoin(
            helped,
            sa.and_(
                helped.id == Assistance.person_id, helped.erased_at.is_(None), sa.not_(has_taken_account(helped.id))
            ),
        )
        .where(
            AuthSession.token_sha256 == hash_of(token),
            AuthSession.revoked_at.is_(None),
            AuthSession.expires_at > clock.now(),
            Person.erased_at.is_(None),
        )
    ).first()
    if row is None:
        return None
    device, person, helped_id, helped_name = row
    return SignedInPerson(
        person_id=person.id,
        auth_session_id=device.id,
        display_name=person.name,
        language=person.page_language,
        zone=person.zone,
        scheme=person.scheme,
        last_seen_at=device.last_seen_at,
        speaks_for=device.acting_for_organisation_id,
        helped_id=helped_id,
        helped_name=helped_name or "",
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
