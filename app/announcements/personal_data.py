"""The author of an announcement: taken along, moved, erased. The words were said to everybody of a track and stay,
without the name."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.announcements.models import Announcement
from app.core.registries import Holding
from app.extensions import db

HOLDINGS = {"announcements": Holding(_l("Announcements sent to tracks"), stays=True)}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return what a person announced."""
    rows = db.session.scalars(
        sa.select(Announcement).where(Announcement.author_id == person_id).order_by(Announcement.sent_at)
    )
    return {
        "announcements": [
            {
                "id": str(row.id),
                "track": row.track.slug,
                "language": row.language,
                "subject": row.subject,
                "body": row.body,
                "sent_at": row.sent_at.isoformat(),
                "removed_at": row.removed_at and row.removed_at.isoformat(),
            }
            for row in rows
        ]
    }


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    db.session.execute(sa.update(Announcement).where(Announcement.author_id == gone_id).values(author_id=kept_id))


def erase_person(person_id: UUID, _now: datetime) -> None:
    db.session.execute(sa.update(Announcement).where(Announcement.author_id == person_id).values(author_id=None))
