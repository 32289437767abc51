"""Partnership agreements of a chantier, and the guests who came in under them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from app.chantiers.keys import is_agreed
from app.chantiers.models import PartnershipAgreement
from app.chantiers.policy import can_read_letter
from app.core.actors import Actor
from app.core.errors import NotFound
from app.extensions import db
from app.people.keys import is_current, mandated_for
from app.people.models import Affiliation
from app.workinggroups.models import GroupMembership, Standing, WorkingGroup


def list_agreements(actor: Actor, group: WorkingGroup) -> list[PartnershipAgreement]:
    """Return the agreements of a chantier to those inside and those who carry it; the latest first."""
    if not can_read_letter(actor, group):
        raise NotFound
    return list(
        db.session.scalars(
            sa.select(PartnershipAgreement)
            .where(PartnershipAgreement.group_id == group.id)
            .order_by(PartnershipAgreement.recorded_at.desc(), PartnershipAgreement.id)
        )
    )


def get_visible_agreement(actor: Actor, group: WorkingGroup, agreement_id: UUID) -> PartnershipAgreement:
    """Return one agreement to those who may read it; raises `NotFound`."""
    agreement = db.session.get(PartnershipAgreement, agreement_id)
    if agreement is None or agreement.group_id != group.id or not can_read_letter(actor, group):
        raise NotFound
    return agreement


def find_agreement_for(actor: Actor, group: WorkingGroup, today: date) -> PartnershipAgreement | None:
    """Return the agreement under which the actor may come in: that of an organisation they speak for or belong to."""
    belonging = sa.select(Affiliation.organisation_id).where(
        Affiliation.person_id == actor.person_id, Affiliation.organisation_id.is_not(None), is_current(today)
    )
    return db.session.scalar(
        sa.select(PartnershipAgreement)
        .where(
            PartnershipAgreement.group_id == group.id,
            is_agreed(today),
            sa.or_(
                PartnershipAgreement.organisation_id.in_(mandated_for(actor)),
                PartnershipAgreement.organisation_id.in_(belonging),
            ),
        )
        .order_by(PartnershipAgreement.recorded_at, PartnershipAgreement.id)
        .limit(1)
    )


def guests_of(group: WorkingGroup, organisation_ids: set[UUID]) -> dict[UUID, list[GroupMembership]]:
    """Return the guests who are inside now, by the organisation for which they came."""
    rows = db.session.scalars(
        sa.select(GroupMembership)
        .where(
            GroupMembership.group_id == group.id,
            GroupMembership.left_at.is_(None),
            GroupMembership.standing == Standing.GUEST,
            GroupMembership.organisation_id.in_(organisation_ids),
        )
        .order_by(GroupMembership.joined_at, GroupMembership.id)
    )
    found: dict[UUID, list[GroupMembership]] = {organisation_id: [] for organisation_id in organisation_ids}
    for row in rows:
        if row.organisation_id is not None:
            found[row.organisation_id].append(row)
    return found
