"""Addresses of proposals: the page of who answers, and the link that proves a mail address, which is the id of a
proposal, signed. Nothing secret is stored anywhere."""

from __future__ import annotations

from uuid import UUID

from app.core.addresses import absolute
from app.core.masking import shown_token
from app.core.signing import Seal

SEAL = Seal("proposals.confirm")


def proposal_path(proposal_id: UUID) -> str:
    """Return the page on which a proposal is answered."""
    return f"/proposals/{proposal_id}"


def token_of(proposal_id: UUID) -> str:
    """Return the part of the address that stands for one proposal."""
    return SEAL.token_of(proposal_id.hex)


def read_token(token: str) -> UUID | None:
    """Return the id a token was made of; None for one that was not made here."""
    return SEAL.read_id(token)


def confirm_address(proposal_id: UUID) -> str:
    """Return the whole address, as it stands in the mail."""
    return absolute(f"/agenda/propose/{shown_token(token_of(proposal_id))}")
