"""Who may do what to time itself. Moving one session is asked of the package that owns the session."""

from __future__ import annotations

from typing import Any

from app.core.actors import Actor, ActorKind


def can_recompute(actor: Actor, _thing: Any = None) -> bool:
    """The house itself (the command after an update of zone data) and the secretariat."""
    return actor.kind is ActorKind.JOB or actor.is_secretariat
