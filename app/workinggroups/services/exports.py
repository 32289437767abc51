"""Who took which list of people out of the house: written for each file, as a named exception to "GET does not
write"."""

from __future__ import annotations

from datetime import datetime

from app.core import audit
from app.core.actors import Actor
from app.core.permissions import require
from app.workinggroups.models import WorkingGroup


def record_people_export(actor: Actor, group: WorkingGroup, *, persons: int, now: datetime) -> None:
    """Write the audit line of one list of people that left as a file: how many people."""
    require(actor, "workinggroups.run", group)
    facts = {"format": "csv", "persons": persons}
    audit.record(actor, "workinggroups.people.exported", "group", group.id, facts, now=now)
