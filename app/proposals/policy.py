"""Who may do what with proposals. Pure answers from the actor's keys and the row in hand. Anybody proposes, without an
account: a person looks at it before it is seen."""

from __future__ import annotations

from app.core import permissions
from app.core.actors import Actor
from app.events.policy import can_write
from app.proposals.models import Proposal


def can_decide(actor: Actor, proposal: Proposal) -> bool:
    """The secretariat; for a group also whoever runs it."""
    return actor.is_secretariat or (proposal.group is not None and can_write(actor, proposal.group))


def register() -> None:
    permissions.register("proposals.decide", can_decide, "Publish or refuse what somebody proposed for the agenda")
