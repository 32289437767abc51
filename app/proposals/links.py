"""The link that proves an address: the id of a proposal, signed. Nothing secret is stored anywhere."""

from __future__ import annotations

from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from app.core.addresses import absolute
from app.core.masking import shown_token


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="proposals.confirm")


def token_of(proposal_id: UUID) -> str:
    """Return the part of the address that stands for one proposal."""
    return str(_signer().dumps(proposal_id.hex))


def read_token(token: str) -> UUID | None:
    """Return the id a token was made of; None for one that was not made here."""
    try:
        return UUID(_signer().loads(token))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def confirm_address(proposal_id: UUID) -> str:
    """Return the whole address, as it stands in the mail."""
    return absolute(f"/agenda/propose/{shown_token(token_of(proposal_id))}")
