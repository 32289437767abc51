"""What the outbox forgets in time: words of mails, and addresses that are nobody's any more."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core.database import change_rows
from app.core.outbox.models import ENDED, OutboxMail, SuppressedAddress
from app.extensions import db

KEEP_BYTES = timedelta(days=7)
KEEP_SUPPRESSED = timedelta(days=365)
"""After a year an address that was refused is tried again, or is nobody's any more."""


def drop_old_bytes(now: datetime) -> int:
    """Forget the words of mails some days after they were made, and the address of those that are no person's; that a
    mail was sent stays known. Forget addresses that were refused a year ago."""
    ended = OutboxMail.state.in_(ENDED)
    nobodys = sa.update(OutboxMail).where(OutboxMail.person_id.is_(None), OutboxMail.recipient != "", ended)
    change_rows(nobodys.where(OutboxMail.created_at < now - KEEP_BYTES).values(recipient=""))
    dropped = change_rows(
        sa.update(OutboxMail)
        .where(OutboxMail.rendered.is_not(None), OutboxMail.created_at < now - KEEP_BYTES)
        .values(rendered=None)
    )
    change_rows(sa.delete(SuppressedAddress).where(SuppressedAddress.since < now - KEEP_SUPPRESSED))
    db.session.commit()
    return dropped
