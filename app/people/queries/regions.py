"""Reading the regions of the network, in their own order."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from app.core.errors import NotFound
from app.extensions import db
from app.people.models import Region


def list_regions() -> Sequence[Region]:
    return db.session.scalars(sa.select(Region).order_by(Region.position, Region.id)).all()


def get_region(region_id: UUID) -> Region:
    """Return a region; raises `NotFound`."""
    region = db.session.get(Region, region_id)
    if region is None:
        raise NotFound
    return region
