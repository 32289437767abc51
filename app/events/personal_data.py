"""What events hold about a person: whose hand wrote one. The event is its group's or the network's and stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.events.models import Event
from app.extensions import db

HOLDINGS = {"events": Holding(_l("Events of others that you put into the agenda"), stays=True)}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return the events a person wrote down, oldest first."""
    rows = db.session.scalars(sa.select(Event).where(Event.written_by == person_id).order_by(Event.written_at))
    return {
        "events": [
            {"event": str(row.id), "title": row.title, "language": row.language, "at": row.written_at.isoformat()}
            for row in rows.unique()
        ]
    }


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Let the one person's hand be the other's."""
    _sign(gone_id, kept_id)


def erase_person(person_id: UUID, _now: datetime) -> None:
    """Take the name from what was written."""
    _sign(person_id, None)


def _sign(old_id: UUID, new_id: UUID | None) -> None:
    db.session.execute(
        sa.update(Event).where(Event.written_by == old_id).values(written_by=new_id),
        execution_options={"synchronize_session": "fetch"},
    )
