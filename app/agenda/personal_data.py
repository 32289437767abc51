"""What the agenda holds about a person: their private calendar links, never the secrets in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.agenda.models import CalendarLink
from app.core.registries import Holding
from app.extensions import db

HOLDINGS = {"calendar_links": Holding(_l("Your private calendar links, without their addresses"))}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return the links a person made, oldest first."""
    links = sa.select(CalendarLink).where(CalendarLink.person_id == person_id)
    return {
        "calendar_links": [
            {
                "name": link.name,
                "reach": link.reach.value,
                "made_at": link.made_at.isoformat(),
                "revoked_at": link.revoked_at.isoformat() if link.revoked_at else None,
            }
            for link in db.session.scalars(links.order_by(CalendarLink.made_at, CalendarLink.id))
        ]
    }


def merge_person(kept_id: UUID, gone_id: UUID, now: datetime) -> None:
    """The links go on working, for the person who is kept."""
    moved = sa.update(CalendarLink).where(CalendarLink.person_id == gone_id).values(person_id=kept_id)
    db.session.execute(moved)


def erase_person(person_id: UUID, now: datetime) -> None:
    """Take the links away; their addresses answer 404."""
    db.session.execute(sa.delete(CalendarLink).where(CalendarLink.person_id == person_id))
