"""The use cases that write: make a private calendar link, revoke it, revoke all of a person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.agenda.emails import MADE
from app.agenda.models import CalendarLink, Reach
from app.agenda.secrets import hash_of
from app.core import audit, notices
from app.core.actors import Actor
from app.core.database import take_turns
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.people.queries import without_proof

MOST_LINKS = 20
"""Links of one person that work at a time."""


class TooManyLinks(RuleBroken):
    """A person has as many links as anybody needs."""


class Unproven(RuleBroken):
    """Nobody has opened a link mailed to the address of this account: a stranger may have registered it."""

    def __init__(self) -> None:
        super().__init__(_l("Confirm your e-mail address first: your account page mails you the link."))


def make_link(actor: Actor, *, name: str, reach: Reach, secret: str, now: datetime) -> CalendarLink:
    """Make a private address for one calendar program. Of its secret the hash is kept: nobody can read it again.
    Its person is told, by a mail that nobody can switch off.

    Raises `TooManyLinks`, `Unproven`."""
    require(actor, "agenda.keep_link")
    if without_proof([actor.own_id]):
        raise Unproven
    take_turns(f"agenda.{actor.person_id}")  # two pages at once are counted one after the other
    own = sa.select(sa.func.count(CalendarLink.id)).where(
        CalendarLink.person_id == actor.person_id, CalendarLink.revoked_at.is_(None)
    )
    if (db.session.scalar(own) or 0) >= MOST_LINKS:
        raise TooManyLinks(_l("You have many links already. Revoke one that you no longer use, then make a new one."))
    link = CalendarLink(person_id=actor.person_id, token_sha256=hash_of(secret), name=name, reach=reach, made_at=now)
    db.session.add(link)
    db.session.flush()
    audit.record(actor, "agenda.link.made", "calendar_link", link.id, {"reach": reach.value}, now=now)
    notices.tell(actor.own_id, MADE, str(link.id), {"link": str(link.id)}, now=now)
    return link


def revoke_link(actor: Actor, link: CalendarLink, *, now: datetime) -> None:
    """End a link for good: its address answers 404 from now on; the account and other links stay as they are (A14)."""
    require(actor, "agenda.keep_link", link)
    _end(actor, link, now)


def revoke_links(actor: Actor, person_id: UUID, *, now: datetime) -> None:
    """End all links of a person whose account trusts nothing made before. No question to the policy: who holds a mailed
    link is nobody's keys yet, and the package of persons has asked."""
    own = sa.select(CalendarLink).where(CalendarLink.person_id == person_id, CalendarLink.revoked_at.is_(None))
    for link in db.session.scalars(own):
        _end(actor, link, now)


def _end(actor: Actor, link: CalendarLink, now: datetime) -> None:
    link.revoked_at = now
    db.session.flush()
    audit.record(actor, "agenda.link.revoked", "calendar_link", link.id, {}, now=now)
