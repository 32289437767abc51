"""Who may read which report: the secretariat every one, facilitators those of a track they lead."""

from __future__ import annotations

from app.core.actors import Actor
from app.reports.scope import Scope
from app.sessions.keys import facilitators_key


def can_read_participation(actor: Actor, scope: Scope | None) -> bool:
    """Return whether the actor may read the figures of this scope; None stands for the whole house."""
    if actor.is_secretariat:
        return True
    track_id = scope.track_id if scope is not None else None
    return track_id is not None and actor.holds(facilitators_key(track_id))
