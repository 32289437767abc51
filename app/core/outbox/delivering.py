"""Delivering due mails: claim, write the words, hand over, record the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import current_app

from app.core.database import change_rows, only_reading
from app.core.outbox.models import MailState, OutboxMail
from app.core.outbox.writing import written
from app.core.transport import Permanent, Transport, transport_for
from app.extensions import db

LEASE = timedelta(minutes=2)
RETRY_MINUTES = (1, 5, 15, 60)
MAX_ATTEMPTS = 12
BATCH = 50


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a worker holds between its two short transactions."""

    mail_id: UUID
    token: UUID


def deliver_due(now: datetime) -> int:
    """Deliver every due mail with the transport of `MAIL_URL` (files without one). Returns how many were tried."""
    transport = transport_for(current_app.extensions["maloca"])
    tried = 0
    while tried < BATCH and (claimed := _claim(now)) is not None:
        _deliver(claimed, transport, now)
        tried += 1
    return tried


def _claim(now: datetime) -> Claimed | None:
    """Take the oldest due mail for this worker in a transaction of its own."""
    due = sa.or_(
        OutboxMail.state == MailState.PENDING,
        sa.and_(OutboxMail.state == MailState.LEASED, OutboxMail.lease_until < now),
    )
    mail_id = db.session.scalar(
        sa.select(OutboxMail.id)
        .where(due, OutboxMail.not_before <= now)
        .order_by(OutboxMail.not_before, OutboxMail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if mail_id is None:
        db.session.rollback()
        return None
    token = uuid4()
    taken = change_rows(
        sa.update(OutboxMail)
        .where(OutboxMail.id == mail_id, due)
        .values(state=MailState.LEASED, lease_token=token, lease_until=now + LEASE, attempts=OutboxMail.attempts + 1)
    )
    db.session.commit()
    return Claimed(mail_id, token) if taken == 1 else None


def _deliver(claimed: Claimed, transport: Transport, now: datetime) -> None:
    with only_reading():  # mails are written in their words while others may write to the database
        mail = db.session.get_one(OutboxMail, claimed.mail_id)
        outcome, error, message = written(mail, now)
        recipient, message_id, attempts = mail.recipient, mail.message_id, mail.attempts
        db.session.rollback()  # no transaction is open while the network is asked
    retry_at = None
    if outcome is MailState.SENT and message is not None:
        try:
            transport.send(recipient, message_id, message)
        except Permanent as refused:
            outcome, error = MailState.FAILED, str(refused)
        except OSError as passing:
            error = type(passing).__name__
            outcome = MailState.FAILED if attempts >= MAX_ATTEMPTS else MailState.PENDING
            retry_at = now + timedelta(minutes=RETRY_MINUTES[min(attempts, len(RETRY_MINUTES)) - 1])
    rendered = message.as_bytes() if message is not None else None
    _record(claimed, outcome, error=error, rendered=rendered, retry_at=retry_at, now=now)


def _record(
    claimed: Claimed,
    outcome: MailState,
    *,
    error: str,
    rendered: bytes | None,
    retry_at: datetime | None,
    now: datetime,
) -> None:
    """Write the outcome if this worker still holds the lease."""
    changes: dict[str, object] = {
        "state": outcome,
        "last_error": error[:300],
        "rendered": rendered,
        "lease_token": None,
        "lease_until": None,
    }
    if outcome is MailState.SENT:
        changes["sent_at"] = now
    if retry_at is not None:
        changes["not_before"] = retry_at
    db.session.execute(
        sa.update(OutboxMail)
        .where(OutboxMail.id == claimed.mail_id, OutboxMail.lease_token == claimed.token)
        .values(**changes)
    )
    db.session.commit()
