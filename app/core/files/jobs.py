"""Jobs of files: what is removed goes from the database and then from the folder; what no row names is swept up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import IntegrityError

from app.core.database import only_reading
from app.core.files.stored import StoredFile, folder, path_of
from app.extensions import db

BATCH = 50
LEFT_LYING = timedelta(days=2)
"""How long bytes may lie without a row: a form that came back carries its file along for a day (`uploads`)."""


def drop_removed(_now: datetime) -> int:
    """Delete the row of each removed file, then its bytes. Bytes that stay behind after a crash are swept up below."""
    with only_reading():
        removed = db.session.scalars(
            sa.select(StoredFile.id).where(StoredFile.removed_at.is_not(None)).order_by(StoredFile.removed_at)
        ).fetchmany(BATCH)
        db.session.rollback()
    for file_id in removed:
        if _drop_row(file_id):
            path_of(file_id).unlink(missing_ok=True)
    return len(removed)


def _drop_row(file_id: UUID) -> bool:
    try:
        db.session.execute(sa.delete(StoredFile).where(StoredFile.id == file_id))
        db.session.commit()
    except IntegrityError:  # a thing names it still: it stays
        db.session.rollback()
        structlog.get_logger().error("files.still_needed", file=str(file_id))
        db.session.execute(sa.update(StoredFile).where(StoredFile.id == file_id).values(removed_at=None))
        db.session.commit()
        return False
    return True


def sweep_orphans(now: datetime) -> int:
    """Delete bytes that have lain for two days without a row: their form was refused, or its transaction undone."""
    old = list(_lying_since(now - LEFT_LYING))
    swept = 0
    for start in range(0, len(old), 500):
        batch = {path.stem: path for path in old[start : start + 500]}
        ids = [found for stem in batch if (found := _as_id(stem))]
        with only_reading():
            known = {str(row) for row in db.session.scalars(sa.select(StoredFile.id).where(StoredFile.id.in_(ids)))}
            db.session.rollback()
        for stem, path in batch.items():
            if stem not in known:
                path.unlink(missing_ok=True)
                swept += 1
    return swept


def _lying_since(limit: datetime) -> Iterator[Path]:
    for path in folder().glob("??/*"):
        if path.is_file() and path.stat().st_mtime < limit.timestamp():
            yield path


def _as_id(stem: str) -> UUID | None:
    try:
        return UUID(stem)
    except ValueError:
        return None
