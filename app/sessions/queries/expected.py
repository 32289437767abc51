"""Who is expected at a gathering: whoever takes part in what it belongs to, as its host tells it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from app.extensions import db
from app.sessions.hosts import host_of
from app.sessions.models import Gathering


def _memberships(gathering: Gathering) -> sa.Subquery:
    return host_of(gathering).memberships(gathering).subquery()


def expected(gathering: Gathering) -> sa.Subquery:
    """Those on the sheet, with the organisation they joined for and the instant: who takes part, and who left only
    after the gathering began."""
    rows = _memberships(gathering)
    stayed = sa.or_(rows.c.left_at.is_(None), rows.c.left_at > gathering.moment.starts_at)
    return sa.select(rows.c.person_id, rows.c.organisation_id, rows.c.joined_at).where(stayed).subquery()


def people_of(gathering: Gathering) -> sa.Select[UUID]:
    """Those who take part now, as a select of their ids."""
    rows = _memberships(gathering)
    return sa.select(rows.c.person_id).where(rows.c.left_at.is_(None))


def joined_for(
    gathering: Gathering, person_ids: Collection[UUID], *, only_now: bool = False
) -> dict[UUID, UUID | None]:
    """Return the organisation for which each of these people takes part, else the one for which they last did; with
    `only_now`, whoever has left is missing."""
    rows = _memberships(gathering)
    wanted = sa.select(rows.c.person_id, rows.c.organisation_id).where(rows.c.person_id.in_(person_ids))
    if only_now:
        wanted = wanted.where(rows.c.left_at.is_(None))
    return dict(db.session.execute(wanted.order_by(rows.c.left_at.is_(None), rows.c.joined_at)).all())
