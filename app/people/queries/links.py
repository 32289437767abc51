"""Links that were mailed: whose they are and whether they still open anything."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.extensions import db
from app.people.models import Account, MailLink, MailPurpose


def has_confirmed(purpose: MailPurpose, link_id: UUID | None) -> bool:
    """Return whether a link, used or not, stands for an address that its account still has and that is confirmed."""
    if link_id is None:
        return False
    confirmed = (
        sa.select(MailLink.id)
        .join(Account, sa.and_(Account.person_id == MailLink.person_id, Account.email_norm == MailLink.email_norm))
        .where(MailLink.id == link_id, MailLink.purpose == purpose, Account.verified_at.is_not(None))
    )
    return db.session.scalar(confirmed) is not None


def find_open_link(purpose: MailPurpose, link_id: UUID | None, now: datetime) -> MailLink | None:
    """Return a link that may be used now: not used, not expired, for the address the account still has."""
    if link_id is None:
        return None
    return db.session.scalar(
        sa.select(MailLink)
        .join(Account, sa.and_(Account.person_id == MailLink.person_id, Account.email_norm == MailLink.email_norm))
        .where(
            MailLink.id == link_id,
            MailLink.purpose == purpose,
            MailLink.used_at.is_(None),
            MailLink.expires_at > now,
        )
    )
