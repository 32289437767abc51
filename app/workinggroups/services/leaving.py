"""Leaving a group, and ending somebody's place in it. Words stay theirs, what the group owns stays its own."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.workinggroups.models import GroupMembership, WorkingGroup
from app.workinggroups.queries import find_coordinator, find_membership
from app.workinggroups.services.coordination import check_not_last, lay_down
from app.workinggroups.services.places import end_place, lock_group


class StillCoordinates(RuleBroken):
    """Somebody who runs the group: their service ends first."""


def leave_group(actor: Actor, group: WorkingGroup, *, now: datetime) -> bool:
    """Let the actor go: their place ends, and their service as a coordinator. Returns whether there was anything to
    leave. Raises `LastCoordinator` for the only one who runs the group."""
    require(actor, "workinggroups.join", group)
    lock_group(group)
    place = find_membership(group, actor.person_id)
    service = find_coordinator(group.id, actor.person_id) if actor.person_id is not None else None
    if service is not None:
        check_not_last(actor, group, service.person_id)
        lay_down(actor, service, now=now)
    has_left = place is not None and end_place(actor, place, now=now)
    return has_left or service is not None


def end_somebodys_place(actor: Actor, group: WorkingGroup, place: GroupMembership, *, now: datetime) -> bool:
    """End the place of somebody in a group one runs; they may ask again. Returns whether it stood until now. Raises
    `StillCoordinates`."""
    require(actor, "workinggroups.end_place", place)
    lock_group(group)
    if find_coordinator(group.id, place.person_id) is not None:
        raise StillCoordinates(_l("This person runs the group. End their service as a coordinator first."))
    return end_place(actor, place, now=now)
