"""Keys that come from engagements.

* `engagement:<id>` reads what is inside: whoever is inside one of its groups, whoever speaks for an organisation that
  leads, co-signs or is asked to, and whoever belongs to its delegation;
* `delegation:<id>` reads who goes, with which papers: all of these but speakers of organisations that were asked and
  have not agreed. One answers a question without knowing whose visa was refused.

Writing and running are no keys of their own: they follow from the groups an engagement belongs to
(`contributors:<group>`, `coordinators:<group>`) and from mandates.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import registries
from app.engagements.models import Delegate, EngagementGroup, Signatory, SignatoryState
from app.extensions import db
from app.people.keys import is_held
from app.people.models import Role, RoleGrant
from app.workinggroups.keys import group_key
from app.workinggroups.models import GroupCoordinator, GroupMembership

ENGAGEMENT = "engagement"
DELEGATION = "delegation"


def engagement_key(engagement_id: UUID) -> str:
    """The audience of what is inside an engagement."""
    return f"{ENGAGEMENT}:{engagement_id}"


def delegation_key(engagement_id: UUID) -> str:
    """Reading who goes for an engagement."""
    return f"{DELEGATION}:{engagement_id}"


def keys_of(person_ids: list[UUID], now: datetime) -> dict[UUID, set[str]]:
    """Return the keys of many persons: through their groups, the organisations they speak for, and delegations."""
    keys: dict[UUID, set[str]] = defaultdict(set)
    for person_id, engagement_id, takes_part in db.session.execute(sa.union(*_ways_in(person_ids, now))):
        keys[person_id].add(engagement_key(engagement_id))
        if takes_part:
            keys[person_id].add(delegation_key(engagement_id))
    return keys


def _ways_in(person_ids: list[UUID], now: datetime) -> list[Any]:
    by_place = (
        sa.select(GroupMembership.person_id, EngagementGroup.engagement_id, sa.true())
        .join(EngagementGroup, EngagementGroup.group_id == GroupMembership.group_id)
        .where(GroupMembership.person_id.in_(person_ids), GroupMembership.left_at.is_(None))
    )
    by_running = (
        sa.select(GroupCoordinator.person_id, EngagementGroup.engagement_id, sa.true())
        .join(EngagementGroup, EngagementGroup.group_id == GroupCoordinator.group_id)
        .where(GroupCoordinator.person_id.in_(person_ids), GroupCoordinator.ended_at.is_(None))
    )
    by_mandate = (
        sa.select(RoleGrant.person_id, Signatory.engagement_id, Signatory.state == SignatoryState.AGREED)
        .join(Signatory, Signatory.organisation_id == RoleGrant.organisation_id)
        .where(
            RoleGrant.person_id.in_(person_ids),
            RoleGrant.role == Role.MANDATED,
            is_held(now.date()),
            Signatory.state != SignatoryState.DECLINED,
        )
    )
    by_going = sa.select(Delegate.person_id, Delegate.engagement_id, sa.true()).where(
        Delegate.person_id.in_(person_ids)
    )
    return [by_place, by_running, by_mandate, by_going]


def holders_of_engagement(key: str, now: datetime) -> set[UUID]:
    """Return who holds `engagement:<id>`."""
    return _holders(key, now, SignatoryState.ASKED, SignatoryState.AGREED)


def holders_of_delegation(key: str, now: datetime) -> set[UUID]:
    """Return who holds `delegation:<id>`."""
    return _holders(key, now, SignatoryState.AGREED)


def _holders(key: str, now: datetime, *states: SignatoryState) -> set[UUID]:
    """Return whoever is inside its groups or goes, and who speaks for organisations in one of these states."""
    engagement_id = UUID(key.split(":", 1)[1])
    groups = db.session.scalars(
        sa.select(EngagementGroup.group_id).where(EngagementGroup.engagement_id == engagement_id)
    )
    inside = set[UUID]().union(*(registries.audience_holders(group_key(group_id), now) for group_id in groups))
    speakers = (
        sa.select(RoleGrant.person_id)
        .join(Signatory, Signatory.organisation_id == RoleGrant.organisation_id)
        .where(
            Signatory.engagement_id == engagement_id,
            Signatory.state.in_(states),
            RoleGrant.role == Role.MANDATED,
            is_held(now.date()),
        )
    )
    going = sa.select(Delegate.person_id).where(
        Delegate.engagement_id == engagement_id, Delegate.person_id.is_not(None)
    )
    found = set(db.session.scalars(speakers)) | set(db.session.scalars(going))
    return inside | {person_id for person_id in found if person_id is not None}
