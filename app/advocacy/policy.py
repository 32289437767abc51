"""Who may do what with spaces and their dates. Everybody reads the catalogue: what it says is public anyway."""

from __future__ import annotations

from typing import Any

from app.core import permissions
from app.core.actors import Actor
from app.people.keys import mandate_key
from app.people.models import Organisation, Role
from app.workinggroups.keys import COORDINATORS, groups_named_in
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import can_run


def can_keep_dates(actor: Actor, _thing: Any = None) -> bool:
    """Whoever runs a group, whoever coordinates, the secretariat: they read the notes of the bodies. A wrong date is
    everybody's, so is its history."""
    runs_a_group = actor.is_person and bool(groups_named_in(actor, COORDINATORS))
    return actor.is_secretariat or actor.holds(Role.COORDINATOR.value) or runs_a_group


def can_keep_catalogue(actor: Actor, _thing: Any = None) -> bool:
    """The secretariat, and the command that loads a file, which acts as the house itself."""
    return actor.is_secretariat


def can_follow(actor: Actor, group: WorkingGroup) -> bool:
    """Whoever runs a group says which spaces it follows."""
    return can_run(actor, group)


def can_keep_access(actor: Actor, organisation: Organisation) -> bool:
    """The secretariat, and whoever speaks for the organisation."""
    return actor.is_secretariat or actor.holds(mandate_key(organisation.id))


def register() -> None:
    for code, policy, sentence in (
        (
            "advocacy.keep_dates",
            can_keep_dates,
            "add and move sessions of spaces, confirm their dates, mark them checked",
        ),
        (
            "advocacy.keep_catalogue",
            can_keep_catalogue,
            "change spaces, how one takes part in them, and load a catalogue",
        ),
        ("advocacy.follow", can_follow, "say which spaces a group follows"),
        ("advocacy.keep_access", can_keep_access, "note what status an organisation has with a body"),
    ):
        permissions.register(code, policy, sentence)
