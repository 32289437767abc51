"""Private calendar links: a person's own, and the one that a secret opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.agenda.models import CalendarLink
from app.agenda.secrets import hash_of
from app.core.actors import Actor
from app.core.errors import NotFound
from app.extensions import db
from app.people.models import Person

JUST_MADE = timedelta(minutes=10)
"""So long the form that made a link shows its address when it is sent again."""


def list_links(actor: Actor) -> Sequence[CalendarLink]:
    """Return the links of a person that still work, the newest first."""
    own = sa.select(CalendarLink).where(CalendarLink.person_id == actor.person_id, CalendarLink.revoked_at.is_(None))
    return db.session.scalars(own.order_by(CalendarLink.made_at.desc(), CalendarLink.id)).all()


def get_link(actor: Actor, link_id: UUID) -> CalendarLink:
    """Return one of the actor's own links that works; raises `NotFound` for every other."""
    found = next((link for link in list_links(actor) if link.id == link_id), None)
    if found is None:
        raise NotFound
    return found


def is_just_made(actor: Actor, secret: str, now: datetime) -> bool:
    """Whether the actor made the link of this secret a moment ago, and it works."""
    wanted = hash_of(secret)
    return any(link.token_sha256 == wanted and now - link.made_at < JUST_MADE for link in list_links(actor))


def find_link(secret: str) -> tuple[CalendarLink, Person] | None:
    """Return the link that a secret opens, with its person; None for one that never was, or was revoked."""
    wanted = (
        sa.select(CalendarLink, Person)
        .join(Person, Person.id == CalendarLink.person_id)
        .where(
            CalendarLink.token_sha256 == hash_of(secret),
            CalendarLink.revoked_at.is_(None),
            Person.erased_at.is_(None),
        )
    )
    row = db.session.execute(wanted).unique().first()
    return (row[0], row[1]) if row is not None else None
