"""Reading the regions of the network, in their own order."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from app.core.errors import NotFound
from app.extensions import db
from app.people.models import Organisation, Region


def list_regions() -> Sequence[Region]:
    return db.session.scalars(sa.select(Region).order_by(Region.position, Region.id)).all()


def get_region(region_id: UUID) -> Region:
    """Return a region; raises `NotFound`."""
    region = db.session.get(Region, region_id)
    if region is None:
        raise NotFound
    return region


def count_organisations() -> dict[UUID, int]:
    """Return how many organisations each region has on the public list of organisations, in one query. A region without
    any is missing."""
    rows = db.session.execute(
        sa.select(Organisation.region_id, sa.func.count())
        .where(Organisation.is_listed)
        .group_by(Organisation.region_id)
    )
    return {region_id: count for region_id, count in rows if region_id is not None}
