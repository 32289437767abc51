"""What status organisations have with bodies. Whoever sees an organisation reads it: bodies publish these lists."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from app.advocacy.models import OrganisationAccess, Standing
from app.core.actors import Actor
from app.core.errors import NotFound
from app.extensions import db
from app.people.models import Organisation
from app.people.queries import get_visible_organisation


def list_access_of(organisation: Organisation) -> list[OrganisationAccess]:
    """Return every status an organisation has or had, in the order of the bodies, the latest first."""
    wanted = sa.select(OrganisationAccess).where(OrganisationAccess.organisation_id == organisation.id)
    rows = db.session.scalars(wanted.order_by(OrganisationAccess.from_on.desc(), OrganisationAccess.noted_at.desc()))
    return sorted(rows, key=lambda row: list(Standing).index(row.standing))


def get_visible_access(actor: Actor, access_id: UUID) -> OrganisationAccess:
    """Return one status of an organisation that the actor sees; raises `NotFound`."""
    row = db.session.get(OrganisationAccess, access_id)
    if row is None:
        raise NotFound
    get_visible_organisation(actor, row.organisation_id)
    return row
