"""Organisations on the list of an engagement, and those that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from app.advocacy.models import OrganisationAccess, Standing
from app.core.actors import Actor
from app.core.errors import NotFound
from app.engagements.models import Engagement, EngagementState, Signatory, SignatoryState
from app.engagements.queries.engagements import WITH_ITS_SPACE, is_readable
from app.extensions import db
from app.people.keys import mandated_for
from app.people.mandates import ended_mandates
from app.people.models import Organisation
from app.workinggroups.models import GroupMembership


def get_signatory(engagement: Engagement, signatory_id: UUID) -> Signatory:
    """Return an organisation on the list of this engagement; raises `NotFound`."""
    signatory = db.session.get(Signatory, signatory_id)
    if signatory is None or signatory.engagement_id != engagement.id:
        raise NotFound
    return signatory


def get_engagement_to_answer(actor: Actor, engagement_id: UUID, signatory_id: UUID, on: date) -> Signatory:
    """Return what an organisation is asked: for whoever reads the engagement, whoever speaks for the organisation, and
    whoever spoke for it until a day, who then reads that. Raises `NotFound`."""
    signatory = db.session.get(Signatory, signatory_id)
    if signatory is None or signatory.engagement_id != engagement_id:
        raise NotFound
    organisation_id = signatory.organisation_id
    ended = ended_mandates(actor, [organisation_id], on).get(organisation_id)
    was_asked = ended is not None and ended >= signatory.added_at.date()
    if organisation_id in mandated_for(actor) or was_asked:
        return signatory
    is_read = db.session.scalar(sa.select(Engagement.id).where(Engagement.id == engagement_id, is_readable(actor)))
    if is_read is None:
        raise NotFound
    return signatory


def list_asked(actor: Actor) -> list[Signatory]:
    """Return where an organisation the actor speaks for is asked and has not answered, the oldest question first."""
    going_on = (EngagementState.WATCHING, EngagementState.PLANNED, EngagementState.IN_THE_MAKING)
    wanted = (
        sa.select(Signatory)
        .join(Engagement, Engagement.id == Signatory.engagement_id)
        .where(
            Signatory.organisation_id.in_(mandated_for(actor)),
            Signatory.state == SignatoryState.ASKED,
            Engagement.state.in_(going_on),
        )
        .order_by(Signatory.added_at, Signatory.id)
    )
    return list(db.session.scalars(wanted))


def list_access(
    organisation_ids: Iterable[UUID] | None, standings: Iterable[Standing] = ()
) -> list[OrganisationAccess]:
    """Return what status organisations have or had: some of them, or all that the network lists."""
    wanted = sa.select(OrganisationAccess).join(Organisation, Organisation.id == OrganisationAccess.organisation_id)
    if organisation_ids is not None:
        wanted = wanted.where(OrganisationAccess.organisation_id.in_(list(organisation_ids)))
    else:
        wanted = wanted.where(Organisation.is_listed, OrganisationAccess.standing.in_(list(standings)))
    order = (OrganisationAccess.from_on, OrganisationAccess.noted_at, OrganisationAccess.id)
    return list(db.session.scalars(wanted.order_by(*order)))


def organisations_of_groups(group_ids: Iterable[UUID]) -> list[UUID]:
    """Return the organisations for which people are in some groups now."""
    wanted = (
        sa.select(GroupMembership.organisation_id)
        .where(
            GroupMembership.group_id.in_(list(group_ids)),
            GroupMembership.left_at.is_(None),
            GroupMembership.organisation_id.is_not(None),
        )
        .distinct()
        .order_by(GroupMembership.organisation_id)
    )
    return [organisation_id for organisation_id in db.session.scalars(wanted) if organisation_id is not None]


def individual_ones(organisation_ids: Iterable[UUID]) -> list[Engagement]:
    """Return what these organisations hand in alone, in ways that are open to each of them once (R-13): those planned,
    in the making or handed in, the first one first."""
    counted = (
        EngagementState.PLANNED,
        EngagementState.IN_THE_MAKING,
        EngagementState.SUBMITTED,
        EngagementState.CLOSED,
    )
    leading = sa.select(Signatory.engagement_id).where(
        Signatory.is_lead, Signatory.organisation_id.in_(list(organisation_ids))
    )
    wanted = (
        sa.select(Engagement)
        .where(
            Engagement.id.in_(leading),
            Engagement.state.in_(counted),
            Engagement.occurrence_id.is_not(None),
            Engagement.mode.has(is_once_per_organisation=True),
            sa.or_(Engagement.state != EngagementState.CLOSED, Engagement.submitted_on.is_not(None)),
        )
        .order_by(Engagement.made_at, Engagement.id)
        .options(*WITH_ITS_SPACE)
    )
    return list(db.session.scalars(wanted))
