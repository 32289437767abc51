"""What the house forgets of proposals by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core.database import change_rows
from app.extensions import db
from app.proposals.models import Proposal, ProposalState
from app.proposals.services import LINK_LASTS

KEPT_AFTER_ANSWER = timedelta(days=30)


def forget(now: datetime) -> int:
    """Delete proposals whose address nobody proved, and forget the address of those that were answered a month ago,
    with the name where it is not to be shown; returns how many rows were touched."""
    gone = change_rows(
        sa.delete(Proposal).where(Proposal.state == ProposalState.SENT, Proposal.sent_at <= now - LINK_LASTS)
    )
    old = sa.update(Proposal).where(Proposal.answered_at <= now - KEPT_AFTER_ANSWER, Proposal.email != "")
    name = sa.case((Proposal.is_named, Proposal.name), else_="")
    gone += change_rows(old.values(email="", name=name))
    db.session.commit()
    return gone
