"""Whom a date concerns that moves: whoever runs a group that works towards a session, and whoever goes there."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.engagements.models import Delegate, Engagement, EngagementGroup, EngagementState
from app.extensions import db
from app.workinggroups.keys import COORDINATORS, groups_named_in


def occurrences_of(actor: Actor, _now: datetime) -> set[UUID]:
    """Return the sessions that the actor's engagements are for; those that were given up concern nobody."""
    groups = groups_named_in(actor, COORDINATORS)
    if actor.person_id is None:
        return set()
    run = sa.select(EngagementGroup.engagement_id).where(EngagementGroup.group_id.in_(groups))
    goes = sa.select(Delegate.engagement_id).where(Delegate.person_id == actor.person_id)
    wanted = sa.select(Engagement.occurrence_id).where(
        Engagement.occurrence_id.is_not(None),
        Engagement.state != EngagementState.GIVEN_UP,
        sa.or_(Engagement.id.in_(run), Engagement.id.in_(goes)),
    )
    return {found for found in db.session.scalars(wanted) if found is not None}
