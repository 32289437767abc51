"""What the house forgets of proposals by itself, and whom it reminds that one waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.core.database import change_rows
from app.core.jobs import each
from app.extensions import db
from app.proposals import telling
from app.proposals.models import Proposal, ProposalState
from app.proposals.services import LINK_LASTS

KEPT_AFTER_ANSWER = timedelta(days=30)
KEPT_UNANSWERED = timedelta(days=90)
REMINDED_AFTER = timedelta(days=30)
REMINDED_WITHIN = timedelta(days=7)
"""So long after its month a proposal is still told again: a house whose worker stood still makes up for it."""
AT_ONCE = 200


def forget(now: datetime) -> int:
    """Delete proposals whose address nobody proved, and forget the address of those that were answered a month ago, or
    by nobody in three months, with the name where it is not to be shown; returns how many rows were touched. Only once
    that is kept, those who answer are told again of what waits for a month: whatever fails there undoes no forgetting.
    """
    gone = change_rows(
        sa.delete(Proposal).where(Proposal.state == ProposalState.SENT, Proposal.sent_at <= now - LINK_LASTS)
    )
    is_old = sa.or_(
        Proposal.answered_at <= now - KEPT_AFTER_ANSWER,
        sa.and_(Proposal.answered_at.is_(None), Proposal.sent_at <= now - KEPT_UNANSWERED),
    )
    old = sa.update(Proposal).where(is_old, Proposal.email != "")
    name = sa.case((Proposal.is_named, Proposal.name), else_="")
    gone += change_rows(old.values(email="", name=name))
    db.session.commit()
    _tell_again(now)
    return gone


def _tell_again(now: datetime) -> int:
    """Tell the desks once more; the notice of one proposal is one per person, however often this runs."""
    month = now - REMINDED_AFTER
    waits = sa.select(Proposal.id).where(
        Proposal.state == ProposalState.WAITING, Proposal.sent_at <= month, Proposal.sent_at > month - REMINDED_WITHIN
    )

    def tell(proposal_id: UUID) -> int:
        telling.tell_desk(db.session.get_one(Proposal, proposal_id), again=True, now=now)
        return 1

    return each("proposals", list(db.session.scalars(waits.order_by(Proposal.sent_at.desc()).limit(AT_ONCE))), tell)
