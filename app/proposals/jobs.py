"""What the house forgets of proposals by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core.database import change_rows
from app.extensions import db
from app.proposals import telling
from app.proposals.models import Proposal, ProposalState
from app.proposals.services import LINK_LASTS

KEPT_AFTER_ANSWER = timedelta(days=30)
KEPT_UNANSWERED = timedelta(days=90)
REMINDED_AFTER = timedelta(days=30)


def forget(now: datetime) -> int:
    """Delete proposals whose address nobody proved, and forget the address of those that were answered a month ago, or
    by nobody in three months, with the name where it is not to be shown; returns how many rows were touched. After a
    month those who answer are told again."""
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
    waits = sa.select(Proposal).where(
        Proposal.state == ProposalState.WAITING, Proposal.sent_at <= now - REMINDED_AFTER, Proposal.email != ""
    )
    for proposal in db.session.scalars(waits):
        telling.tell_desk(proposal, again=True, now=now)
    db.session.commit()
    return gone
