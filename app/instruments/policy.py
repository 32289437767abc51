"""Who may do what with advocacy instruments. Whoever may write for the owner keeps what the owner offers."""

from __future__ import annotations

from app.core import permissions
from app.core.actors import Actor
from app.instruments.models import Instrument
from app.people.keys import mandate_key, mandated_for
from app.people.models import Organisation
from app.workinggroups.keys import CONTRIBUTORS, groups_named_in
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import can_contribute


def can_offer(actor: Actor, owner: WorkingGroup | Organisation | None = None) -> bool:
    """Whoever takes part in the group, or speaks for the organisation; without one of the two: for any at all."""
    if isinstance(owner, WorkingGroup):
        return can_contribute(actor, owner)
    if isinstance(owner, Organisation):
        return actor.is_person and actor.holds(mandate_key(owner.id))
    return actor.is_person and bool(groups_named_in(actor, CONTRIBUTORS) or mandated_for(actor))


def can_keep(actor: Actor, instrument: Instrument) -> bool:
    """Whoever may offer for its group or organisation, and the secretariat."""
    return actor.is_secretariat or can_offer(actor, instrument.group or instrument.organisation)


def register() -> None:
    for code, policy, sentence in (
        ("instruments.offer", can_offer, "Offer a statement that others may use, for a group or an organisation"),
        ("instruments.keep", can_keep, "Write an instrument on, add a language, withdraw it"),
    ):
        permissions.register(code, policy, sentence)
