"""Who added a material: taken along, moved, forgotten. Materials belong to their shelf and stay, without the hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.extensions import db
from app.materials.models import Material
from app.materials.shelves import kind_of

HOLDINGS = {"materials": Holding(_l("Links and files added for others to read"), stays=True)}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return the links and files a person added."""
    rows = db.session.scalars(
        sa.select(Material).where(Material.added_by == person_id).order_by(Material.added_at, Material.id)
    )
    return {"materials": [_told(row) for row in rows.unique()]}


def _told(row: Material) -> dict[str, Any]:
    session_id = kind_of(row).session_of(row)
    return {
        row.kind: row.shelf.slug,
        "session": session_id and str(session_id),
        "title": row.title,
        "language": row.language,
        "url": row.url,
        "file": row.file.name if row.file else None,
        "added_at": row.added_at.isoformat(),
    }


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    _sign(gone_id, kept_id)


def erase_person(person_id: UUID, _now: datetime) -> None:
    _sign(person_id, None)


def _sign(old_id: UUID, new_id: UUID | None) -> None:
    db.session.execute(sa.update(Material).where(Material.added_by == old_id).values(added_by=new_id))
