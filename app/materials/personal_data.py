"""Who added a material: taken along, moved, forgotten. Materials are the track's and stay, without the hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.extensions import db
from app.materials.models import Material
from app.sessions.models import Track

HOLDINGS = {"materials": Holding(_l("Materials added to tracks"), stays=True)}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return the links and files a person added."""
    rows = db.session.execute(
        sa.select(Material, Track.slug)
        .join(Track, Track.id == Material.track_id)
        .where(Material.added_by == person_id)
        .order_by(Material.added_at, Material.id)
    )
    return {
        "materials": [
            {
                "track": slug,
                "session": row.session_id and str(row.session_id),
                "title": row.title,
                "language": row.language,
                "url": row.url,
                "file": row.file.name if row.file else None,
                "added_at": row.added_at.isoformat(),
            }
            for row, slug in rows
        ]
    }


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    _sign(gone_id, kept_id)


def erase_person(person_id: UUID, _now: datetime) -> None:
    _sign(person_id, None)


def _sign(old_id: UUID, new_id: UUID | None) -> None:
    db.session.execute(sa.update(Material).where(Material.added_by == old_id).values(added_by=new_id))
