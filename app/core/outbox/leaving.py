"""What became of notices, for those who write the next one and have to know what its reader has heard."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from app.core.database import has_key
from app.core.notices import Notice
from app.core.outbox.models import MailState, OutboxMail
from app.extensions import db

LEFT = (MailState.HANDOFF, MailState.SENT, MailState.PRESUMED_SENT)
WAITING = (None, MailState.PENDING, MailState.LEASED)


def unheard_among(keys: Collection[str]) -> set[str]:
    """Return the keys of those notices whose mail has not left, and of those that were dropped. Keys of which there is
    no notice are not among them: they may have been forgotten."""
    rows = db.session.execute(
        sa.select(Notice.key, OutboxMail.state, Notice.dropped_at)
        .outerjoin(OutboxMail, OutboxMail.id == Notice.mail_id)
        .where(has_key(Notice.key, frozenset(keys)))
    )
    return {key for key, state, dropped_at in rows if dropped_at is not None or state not in LEFT}


def waiting_among(keys: Collection[str]) -> set[str]:
    """Return the keys of those notices that are still to be told: not dropped, and their mail has not left."""
    rows = db.session.execute(
        sa.select(Notice.key, OutboxMail.state)
        .outerjoin(OutboxMail, OutboxMail.id == Notice.mail_id)
        .where(has_key(Notice.key, frozenset(keys)), Notice.dropped_at.is_(None))
    )
    return {key for key, state in rows if state in WAITING}


def left_since(since: datetime, keys: Collection[str]) -> dict[str, datetime]:
    """Return when the mails of some notices left, by key, of those that left after an instant: when they were handed
    over. The server's answer may come long after, and what happened meanwhile no mail has said."""
    at = sa.func.coalesce(OutboxMail.handed_at, OutboxMail.sent_at).label("at")
    rows = db.session.execute(
        sa.select(Notice.key, at)
        .join(OutboxMail, OutboxMail.id == Notice.mail_id)
        .where(has_key(Notice.key, frozenset(keys)), OutboxMail.state.in_(LEFT), at > since)
    )
    return {row.key: row.at for row in rows}
