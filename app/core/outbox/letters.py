"""Claimed mails, written: many in one transaction that only reads, while others may write to the database."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import partial
from uuid import UUID

import sqlalchemy as sa

from app.core import mails
from app.core.database import only_reading
from app.core.outbox.journal import Claimed
from app.core.outbox.models import MailState, OutboxMail
from app.core.outbox.suppressing import suppressed
from app.core.outbox.writing import write
from app.core.transport import as_sent
from app.extensions import db


@dataclass(frozen=True, slots=True)
class Letter:
    """A claimed mail as it was read and written; without content it ends as `state` says."""

    claimed: Claimed
    kind: str
    recipient: str
    message_id: str
    state: MailState
    error: str
    content: bytes | None
    """The mail as it goes on the line."""
    told: frozenset[UUID] = frozenset()
    """The notices it tells."""


def write_letters(claims: list[Claimed], now: datetime) -> list[Letter]:
    """Write the words of claimed mails, in the order of their claims, in one transaction that only reads."""
    tokens = {claimed.mail_id: claimed for claimed in claims}
    with only_reading():
        rows = {row.id: row for row in db.session.scalars(sa.select(OutboxMail).where(OutboxMail.id.in_(tokens)))}
        refused = suppressed(row.recipient for row in rows.values())
        letters = [_write(tokens[mail_id], rows[mail_id], refused, now) for mail_id in tokens if mail_id in rows]
        db.session.rollback()
    return letters


def _write(claimed: Claimed, mail: OutboxMail, refused: Container[str], now: datetime) -> Letter:
    letter = partial(Letter, claimed, mail.kind, mail.recipient, mail.message_id)
    if mail.recipient in refused and not mails.is_repeated(mail.kind):
        return letter(MailState.FAILED, "suppressed", None)
    made = write(mail, now)
    if made.message is None:
        return letter(made.state, made.error, None)
    made.message["Date"] = format_datetime(now)
    try:
        return letter(made.state, "", as_sent(made.message, mail.message_id), made.told)
    except (ValueError, LookupError) as broken:  # words that no mail can carry
        return letter(MailState.FAILED, type(broken).__name__, None)
