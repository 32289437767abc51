"""Who is told: whoever proposed it, at the address they gave; those who answer, as of all that waits for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from app.core import notices
from app.core.actors import SECRETARIAT
from app.core.outbox import mail_to_address
from app.core.registries import StillWanted, audience_holders
from app.extensions import db
from app.proposals.models import Proposal, ProposalState
from app.workinggroups.keys import coordinators_key

LINK = "proposals.link"
ANSWERED = "proposals.answered"
CAME = "proposals.came"


def mail_link(proposal: Proposal, *, now: datetime, expires_at: datetime) -> None:
    """Send the link that proves the address."""
    _mail(LINK, proposal, now, expires_at)


def mail_answer(proposal: Proposal, *, now: datetime) -> None:
    """Send the answer to whoever proposed it, in the language of the page they wrote on; to nobody once the address is
    forgotten."""
    if proposal.email:
        _mail(ANSWERED, proposal, now, None)


def _mail(kind: str, proposal: Proposal, now: datetime, expires_at: datetime | None) -> None:
    mail_to_address(
        proposal.email,
        language=proposal.page_language,
        kind=kind,
        key=str(proposal.id),
        parameters={"proposal": str(proposal.id)},
        now=now,
        expires_at=expires_at,
    )


def tell_desk(proposal: Proposal, *, again: bool = False, now: datetime) -> None:
    """Tell who runs the group it is for; without one, the secretariat. `again`: once more, when it waits for long."""
    key = coordinators_key(proposal.group_id) if proposal.group_id is not None else SECRETARIAT
    persons = sorted(audience_holders(key, now) or audience_holders(SECRETARIAT, now), key=str)
    notices.tell_many(
        persons,
        CAME,
        f"{proposal.id}:again" if again else str(proposal.id),
        {"proposal": str(proposal.id)},
        now=now,
        audience=key,
    )


def still_wanted(notice: Any, _now: datetime) -> bool:
    """As long as nobody has answered it."""
    proposal = db.session.get(Proposal, UUID(notice.parameters["proposal"]))
    return proposal is not None and proposal.state is ProposalState.WAITING


STILL_WANTED: dict[str, StillWanted] = {CAME: still_wanted}
