"""What this package does when something below it changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.chantiers.queries import chantier_of, is_chantier
from app.chantiers.services import reckon
from app.core.actors import Actor
from app.workinggroups import events
from app.workinggroups.models import GroupState, WorkingGroup


def follow_state(group: WorkingGroup, *, actor: Actor, now: datetime, before: GroupState, **_more: Any) -> None:
    """A chantier that is opened again is what the rule says, and not simply active (R-18). What `reckon` itself
    changes is neither closing nor opening: the chain ends here."""
    if GroupState.CLOSED not in (before, group.state) or not is_chantier(group):
        return
    chantier_of(group).state_at = now
    reckon(actor, group, now=now)


def register() -> None:
    events.group_state_changed.connect(follow_state)
