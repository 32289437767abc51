"""What proposals hold about a person with an account: that they answered one. Who proposed it is no account: the
address goes a month after the answer (`jobs`), or with the account that has it (`forget_address`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.database import change_rows
from app.core.registries import Holding
from app.extensions import db
from app.proposals.models import Proposal, ProposalState

HOLDINGS = {"answered": Holding(_l("Proposals for the agenda that you answered"), stays=True)}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return what a person answered, oldest first."""
    rows = db.session.scalars(
        sa.select(Proposal).where(Proposal.answered_by == person_id).order_by(Proposal.answered_at)
    )
    return {
        "answered": [
            {"proposal": str(row.id), "title": row.title, "answer": row.state.value, "because": row.because}
            for row in rows
        ]
    }


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    _sign(gone_id, kept_id)


def erase_person(person_id: UUID, _now: datetime) -> None:
    _sign(person_id, None)


def forget_address(email: str, _now: datetime) -> None:
    """Take address and name off what was proposed with an address whose person is erased; what nobody proved goes."""
    own = Proposal.email == email
    change_rows(sa.delete(Proposal).where(own, Proposal.state == ProposalState.SENT))
    change_rows(sa.update(Proposal).where(own).values(email="", name="", is_named=False))


def _sign(old_id: UUID, new_id: UUID | None) -> None:
    db.session.execute(
        sa.update(Proposal).where(Proposal.answered_by == old_id).values(answered_by=new_id),
        execution_options={"synchronize_session": "fetch"},
    )
