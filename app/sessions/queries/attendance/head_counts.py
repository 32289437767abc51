"""Counts of people behind screens."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from app.core.errors import NotFound
from app.extensions import db
from app.sessions.models import Gathering, HeadCount


def list_head_counts(gathering: Gathering) -> list[HeadCount]:
    """Return the counts of a gathering that stand, in the order in which they were made."""
    standing = sa.select(HeadCount).where(HeadCount.gathering_id == gathering.id, HeadCount.removed_at.is_(None))
    return list(db.session.scalars(standing.order_by(HeadCount.counted_at, HeadCount.id)))


def get_head_count(gathering: Gathering, count_id: UUID) -> HeadCount:
    """Return a count of this gathering that stands; raises `NotFound`."""
    row = db.session.scalar(
        sa.select(HeadCount).where(
            HeadCount.id == count_id, HeadCount.gathering_id == gathering.id, HeadCount.removed_at.is_(None)
        )
    )
    if row is None:
        raise NotFound
    return row
