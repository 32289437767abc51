"""What calendars hold about a person: who brought one. The calendar is its group's or its organisation's and stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.calendars.models import CalendarFeed
from app.core.registries import Holding
from app.extensions import db

HOLDINGS = {"calendars": Holding(_l("Calendars of others that you brought in"), stays=True)}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return the calendars a person brought, oldest first; not their addresses, which may be secrets of others."""
    rows = db.session.scalars(
        sa.select(CalendarFeed).where(CalendarFeed.added_by == person_id).order_by(CalendarFeed.added_at)
    )
    return {
        "calendars": [{"calendar": str(row.id), "title": row.title, "at": row.added_at.isoformat()} for row in rows]
    }


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Let the one person's hand be the other's."""
    _sign(gone_id, kept_id)


def erase_person(person_id: UUID, _now: datetime) -> None:
    """Take the name from what was brought."""
    _sign(person_id, None)


def _sign(old_id: UUID, new_id: UUID | None) -> None:
    db.session.execute(
        sa.update(CalendarFeed).where(CalendarFeed.added_by == old_id).values(added_by=new_id),
        execution_options={"synchronize_session": "fetch"},
    )
