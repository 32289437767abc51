"""Links that are mailed: the id of a `MailLink`, signed for one purpose. Nothing secret is stored anywhere."""

from __future__ import annotations

from uuid import UUID

from app.core.addresses import absolute
from app.core.masking import shown_token
from app.core.signing import Seal
from app.people.models import MailPurpose

PATHS = {
    MailPurpose.VERIFY: "/verify/",
    MailPurpose.RESET: "/reset/",
    MailPurpose.INVITE: "/welcome/",
    MailPurpose.SIGN_IN: "/sign-in/link/",
}


def seal_of(purpose: MailPurpose) -> Seal:
    return Seal(f"people.{purpose}")


def token_of(purpose: MailPurpose, link_id: UUID) -> str:
    """Return the part of the address that stands for one link."""
    return seal_of(purpose).token_of(link_id.hex)


def read_token(purpose: MailPurpose, token: str) -> UUID | None:
    """Return the id a token was made of; None for one that was not made here or for another purpose."""
    return seal_of(purpose).read_id(token)


def address_of(purpose: MailPurpose, link_id: UUID) -> str:
    """Return the whole address, as it stands in a mail."""
    return absolute(f"{PATHS[purpose]}{shown_token(token_of(purpose, link_id))}")
