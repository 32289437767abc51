"""What somebody wrote through the contact form: taken along, moved, and deleted with the person."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.extensions import db
from app.house.models import ContactMessage

HOLDINGS = {"messages": Holding(_l("Messages written by the contact form"))}


def export_person(person_id: UUID) -> dict[str, Any]:
    rows = db.session.scalars(
        sa.select(ContactMessage).where(ContactMessage.person_id == person_id).order_by(ContactMessage.sent_at)
    )
    return {
        "messages": [
            {
                "sent_at": row.sent_at.isoformat(),
                "name": row.name,
                "email": row.email,
                "language": row.language,
                "body": row.body,
                "answered_at": row.answered_at and row.answered_at.isoformat(),
            }
            for row in rows
        ]
    }


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    for column in (ContactMessage.person_id, ContactMessage.answered_by):
        db.session.execute(sa.update(ContactMessage).where(column == gone_id).values({column.key: kept_id}))


def erase_person(person_id: UUID, _now: datetime) -> None:
    """The words were for the house alone; nothing of them has to stay."""
    db.session.execute(sa.delete(ContactMessage).where(ContactMessage.person_id == person_id))
