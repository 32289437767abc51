"""What groups announce and texts have to do with: who leaves keeps none of them any more."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from app.core.actors import Actor
from app.drafting.services import leave_texts
from app.workinggroups import events
from app.workinggroups.keys import contributors_key, holders_of_contributors
from app.workinggroups.models import GroupCoordinator, GroupMembership


def on_group_left(membership: GroupMembership, *, actor: Actor, now: datetime) -> None:
    _leave(actor, membership.group_id, membership.person_id, now)


def on_coordinator_ended(row: GroupCoordinator, *, actor: Actor, now: datetime) -> None:
    _leave(actor, row.group_id, row.person_id, now)


def _leave(actor: Actor, group_id: UUID, person_id: UUID, now: datetime) -> None:
    """A member who also runs the group takes part until both have ended."""
    if person_id not in holders_of_contributors(contributors_key(group_id), now):
        leave_texts(actor, group_id, person_id, now=now)


def register() -> None:
    events.group_left.connect(on_group_left)
    events.coordinator_ended.connect(on_coordinator_ended)
