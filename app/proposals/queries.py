"""Proposals for those who answer them, and the one whose link somebody holds."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from app.core.actors import VISITOR, Actor
from app.core.audiences import sees
from app.core.errors import NotFound
from app.events.models import Event
from app.extensions import db
from app.proposals.models import Proposal, ProposalState
from app.proposals.policy import can_decide
from app.workinggroups.keys import COORDINATORS, groups_named_in

MOST = 100


def get_proposal(actor: Actor, proposal_id: UUID) -> Proposal:
    """Return a proposal whose address is proven, to who answers it; raises `NotFound`."""
    proposal = db.session.get(Proposal, proposal_id)
    if proposal is None or proposal.state is ProposalState.SENT or not can_decide(actor, proposal):
        raise NotFound
    return proposal


def find_by_link(proposal_id: UUID | None) -> Proposal | None:
    """Return the proposal of a link."""
    return db.session.get(Proposal, proposal_id) if proposal_id is not None else None


def find_open_event(proposal: Proposal) -> Event | None:
    """Return the event that came of a proposal, as long as everybody may see it: whoever holds the link, or reads the
    mail, has no account."""
    event = proposal.event
    return event if event is not None and event.is_shown and sees(VISITOR, event.moment.audience) else None


def list_waiting(actor: Actor, limit: int = MOST) -> list[Proposal]:
    """Return what waits for this actor's answer, the oldest first."""
    waiting = sa.select(Proposal).where(Proposal.state == ProposalState.WAITING)
    if not actor.is_secretariat:
        waiting = waiting.where(Proposal.group_id.in_(groups_named_in(actor, COORDINATORS)))
    found = db.session.scalars(waiting.order_by(Proposal.sent_at, Proposal.id).limit(limit))
    return [row for row in found if can_decide(actor, row)]


def find_of_event(event_id: UUID) -> Proposal | None:
    """Return the proposal out of which an event came."""
    return db.session.scalar(sa.select(Proposal).where(Proposal.event_id == event_id))
