"""Writing a due mail: which of its notices are still wanted, and its words in its recipient's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import Message
from uuid import UUID

import structlog
from flask import current_app
from flask_babel import force_locale

from app.core import mails, registries
from app.core.context import locale_for
from app.core.notices import Notice
from app.core.outbox.composing import Piece, compose
from app.core.outbox.models import MailState, OutboxMail
from app.core.outbox.wanting import Asked, ask
from app.extensions import db

GONE = "gone"
UNWRITABLE = "unwritable"
"""Why a mail was not sent after all: what it was about is no longer there; its words could not be made."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is to become of a mail, why not (a code), its words if it is to be sent, and which notices they tell."""

    state: MailState
    error: str = ""
    message: Message | None = None
    told: frozenset[UUID] = frozenset()


def write(mail: OutboxMail, asked: Asked, contact: registries.Contact | None, now: datetime) -> Written:
    """Return a mail's words, of what is still wanted of it, for its reader (None: nobody of the house), or why it has
    none."""
    mail_id, kind = mail.id, mail.kind
    try:
        if mail.expires_at is not None and mail.expires_at <= now:
            return Written(MailState.EXPIRED)
        asked = _asked_alone(mail, asked, now)
        if asked.notices and not asked.wanted:
            return Written(MailState.CANCELLED, asked.why_not)
        message = _render(mail, asked.wanted, contact, now)
        if message is None:
            return Written(MailState.CANCELLED, GONE)
        return Written(MailState.SENT, message=message, told=frozenset(notice.id for notice in asked.wanted))
    except Exception:  # a mail that cannot be written fails alone and is shown, it never blocks the others
        db.session.rollback()
        structlog.get_logger().exception("outbox.unwritable", mail=str(mail_id), kind=kind)
        return Written(MailState.FAILED, UNWRITABLE)


def _asked_alone(mail: OutboxMail, asked: Asked, now: datetime) -> Asked:
    """Return what was asked; where that broke, ask of this mail alone: another one may have broken the transaction."""
    if asked.broken is not None:
        db.session.rollback()
        asked = ask([mail.id], now)[mail.id]
    if asked.broken is not None:
        raise asked.broken
    return asked


def _render(
    mail: OutboxMail, notices: Sequence[Notice], contact: registries.Contact | None, now: datetime
) -> Message | None:
    contact = contact or registries.Contact(mail.recipient, mail.language, "")
    contact = replace(contact, email=mail.recipient)  # links in it are for this address, also when it changed meanwhile
    told = [(row.kind, row.parameters, row.created_at) for row in notices]
    with mails.written_at(now), force_locale(locale_for(contact.language)):
        pieces = [
            Piece(kind, words, told_at)
            for kind, parameters, told_at in told or [(mail.kind, mail.parameters, mail.created_at)]
            if (words := mails.write(kind, parameters, contact)) is not None
        ]
        if not pieces:
            return None
        letter = compose(pieces, contact, mail.person_id, now)
    return mails.message(
        letter.subject,
        letter.text,
        sender=current_app.extensions["maloca"].mail_from,
        recipient=mail.recipient,
        language=contact.language,
        stop=letter.stop,
    )
