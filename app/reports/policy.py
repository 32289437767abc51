"""Who may read which report: the secretariat every one, facilitators those of a track they lead, whoever runs a group
those about the advocacy of their groups."""

from __future__ import annotations

from app.core.actors import Actor
from app.reports.scope import Scope
from app.sessions.keys import facilitators_key
from app.workinggroups.keys import COORDINATORS, groups_named_in
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import can_run


def can_read_participation(actor: Actor, scope: Scope | None) -> bool:
    """Return whether the actor may read the figures of this scope; None stands for the whole house."""
    if actor.is_secretariat:
        return True
    track_id = scope.track_id if scope is not None else None
    return track_id is not None and actor.holds(facilitators_key(track_id))


def can_read_advocacy(actor: Actor, group: WorkingGroup | None = None) -> bool:
    """Return whether the actor may read the advocacy figures of this group; None stands for all groups the actor runs,
    which for the secretariat is every one."""
    if group is not None:
        return can_run(actor, group)
    return actor.is_secretariat or (actor.is_person and bool(groups_named_in(actor, COORDINATORS)))
