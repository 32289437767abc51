"""What groups announce and texts have to do with: who takes part no longer keeps none of them any more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.core.actors import Actor
from app.drafting.services import leave_texts
from app.workinggroups.events import coordinator_ended, group_joined, group_left
from app.workinggroups.keys import contributors_key, holders_of_contributors
from app.workinggroups.models import GroupCoordinator, GroupMembership


def on_place_changed(place: GroupMembership | GroupCoordinator, *, actor: Actor, now: datetime, **_more: Any) -> None:
    """Somebody left, observes from now on, or runs the group no longer; a member who also runs it takes part until both
    have ended."""
    if place.person_id not in holders_of_contributors(contributors_key(place.group_id), now):
        leave_texts(actor, place.group_id, place.person_id, now=now)


def register() -> None:
    for event in (group_left, group_joined, coordinator_ended):
        event.connect(on_place_changed)
