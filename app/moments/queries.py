"""Questions about moments: their history, and which ones a zone-data update may have moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.extensions import db
from app.moments.models import Moment, MomentChange

MARGIN = timedelta(hours=36)
"""An end computed from old zone data may be wrong by as much as a day on the wrong side of the date line."""

BATCH = 500


def list_changes(moment: Moment) -> list[MomentChange]:
    """Return what a moment was before, latest change first. Seen by whoever sees the moment: ask that first."""
    return list(
        db.session.scalars(
            sa.select(MomentChange).where(MomentChange.moment_id == moment.id).order_by(MomentChange.sequence.desc())
        )
    )


def list_changes_of(moment_ids: list[UUID]) -> dict[UUID, list[MomentChange]]:
    """Return the histories of many moments in one query, latest change first."""
    found: dict[UUID, list[MomentChange]] = {moment_id: [] for moment_id in moment_ids}
    if moment_ids:
        rows = db.session.scalars(
            sa.select(MomentChange).where(MomentChange.moment_id.in_(moment_ids)).order_by(MomentChange.sequence.desc())
        )
        for row in rows:
            found[row.moment_id].append(row)
    return found


def walk_not_over(now: datetime) -> Iterator[list[Moment]]:
    """Yield, in batches by id, the moments with a zone that are not over (by a day and a half of margin)."""
    last: UUID | None = None
    while True:
        wanted = sa.select(Moment).where(Moment.zone.is_not(None), Moment.until >= now - MARGIN)
        if last is not None:
            wanted = wanted.where(Moment.id > last)
        batch = list(db.session.scalars(wanted.order_by(Moment.id).limit(BATCH)))
        if not batch:
            return
        last = batch[-1].id
        yield batch
