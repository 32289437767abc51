"""Claimed mails, written: many in one transaction that only reads, while others may write to the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import partial
from uuid import UUID

import sqlalchemy as sa

from app.core import mails, registries
from app.core.database import only_reading
from app.core.outbox.journal import Claimed
from app.core.outbox.models import MailState, OutboxMail
from app.core.outbox.suppressing import suppressed
from app.core.outbox.wanting import Asked, Look
from app.core.outbox.writing import UNWRITABLE, write
from app.core.remembering import remembering
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


def write_letters(claims: list[Claimed], now: datetime) -> tuple[list[Letter], Look]:
    """Write the words of claimed mails, in the order of their claims, in one transaction that only reads; return them
    with the look that was taken at what is still wanted of them."""
    ids = [claimed.mail_id for claimed in claims]
    look = Look(ids)
    with only_reading(), remembering():
        asked = look.take(now)
        if any(one.broken is not None for one in asked.values()):
            db.session.rollback()  # on PostgreSQL nothing more is answered in a transaction in which something broke
        rows = {row.id: row for row in db.session.scalars(sa.select(OutboxMail).where(OutboxMail.id.in_(ids)))}
        refused = suppressed(row.recipient for row in rows.values())
        contacts = registries.contacts(list({row.person_id for row in rows.values() if row.person_id is not None}))
        letters = [
            _refused(claimed, mail)
            if mail.recipient in refused and not mails.is_repeated(mail.kind)
            else _write(claimed, mail, asked[mail.id], contacts.get(mail.person_id or mail.id), now)
            for claimed in claims
            if (mail := rows.get(claimed.mail_id)) is not None
        ]
        db.session.rollback()
    look.leave(letter.claimed.mail_id for letter in letters if letter.content is not None)
    return letters, look


def _refused(claimed: Claimed, mail: OutboxMail) -> Letter:
    return Letter(claimed, mail.kind, mail.recipient, mail.message_id, MailState.FAILED, "suppressed", None)


def _write(
    claimed: Claimed, mail: OutboxMail, asked: Asked, contact: registries.Contact | None, now: datetime
) -> Letter:
    letter = partial(Letter, claimed, mail.kind, mail.recipient, mail.message_id)
    message_id, made = mail.message_id, write(mail, asked, contact, now)
    if made.message is None:
        return letter(made.state, made.error, None)
    made.message["Date"] = format_datetime(now)
    try:
        return letter(made.state, "", as_sent(made.message, message_id), made.told)
    except (ValueError, LookupError):  # words that no mail can carry
        return letter(MailState.FAILED, UNWRITABLE, None)
