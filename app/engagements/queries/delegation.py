"""Who goes for an engagement. Read by those inside it: callers have asked."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from app.core.errors import NotFound
from app.engagements.models import Delegate, Engagement, Part
from app.extensions import db

_ORDER = {part: position for position, part in enumerate(Part)}


def list_delegates(engagement: Engagement) -> list[Delegate]:
    """Return the delegation: who speaks first, then who travels, who takes part from afar, the reserve."""
    wanted = sa.select(Delegate).where(Delegate.engagement_id == engagement.id)
    found = db.session.scalars(wanted.order_by(Delegate.added_at, Delegate.id))
    return sorted(found, key=lambda delegate: _ORDER[delegate.part])


def get_delegate(engagement: Engagement, delegate_id: UUID) -> Delegate:
    """Return one of the delegation; raises `NotFound`."""
    delegate = db.session.get(Delegate, delegate_id)
    if delegate is None or delegate.engagement_id != engagement.id:
        raise NotFound
    return delegate
