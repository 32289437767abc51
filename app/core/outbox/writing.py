"""Writing a due mail: which of its notices are still wanted, and its words in its recipient's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import Message
from uuid import UUID

import sqlalchemy as sa
import structlog
from flask import current_app
from flask_babel import force_locale

from app.core import mails, registries
from app.core.context import locale_for
from app.core.notices import Notice
from app.core.outbox.composing import Piece, compose
from app.core.outbox.models import MailState, OutboxMail
from app.extensions import db

GONE = "gone"
EXPIRED = "expired"
NOT_WANTED = "not_wanted"
"""Why a mail was not sent after all: what it was about is no longer there, is over, or holds no more."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is to become of a mail, why not (a code), its words if it is to be sent, and which notices they tell."""

    state: MailState
    error: str = ""
    message: Message | None = None
    told: frozenset[UUID] = frozenset()


def write(mail: OutboxMail, now: datetime) -> Written:
    """Return a mail's words, of what is still wanted of it, or why it has none."""
    try:
        if mail.expires_at is not None and mail.expires_at <= now:
            return Written(MailState.EXPIRED)
        notices = _notices_of(mail)
        wanted, why_not = _wanted(notices, now)
        if notices and not wanted:
            return Written(MailState.CANCELLED, why_not)
        message = _render(mail, wanted, now)
        if message is None:
            return Written(MailState.CANCELLED, GONE)
        return Written(MailState.SENT, message=message, told=frozenset(notice.id for notice in wanted))
    except Exception as broken:  # a mail that cannot be written fails alone and is shown, it never blocks the others
        structlog.get_logger().exception("outbox.unwritable", mail=str(mail.id), kind=mail.kind)
        return Written(MailState.FAILED, type(broken).__name__)


def end_of_unwanted(mail: OutboxMail, told: frozenset[UUID], now: datetime) -> MailState | None:
    """Return what becomes of a mail that was written and says what is no longer so: cancelled where nothing is left of
    it, else due again, to be written anew. None where all it tells still holds; a mail to an address has no notice, and
    its writer decided."""
    notices = _notices_of(mail)
    wanted = {notice.id for notice in _wanted(notices, now)[0]}
    if not notices or (wanted and told <= wanted):
        return None
    return MailState.PENDING if wanted else MailState.CANCELLED


def _notices_of(mail: OutboxMail) -> Sequence[Notice]:
    return db.session.scalars(sa.select(Notice).where(Notice.mail_id == mail.id).order_by(Notice.created_at)).all()


def _wanted(notices: Sequence[Notice], now: datetime) -> tuple[list[Notice], str]:
    """Return the notices that are still to be told; where there is none, why the last one is not."""
    stopped, wanted, why_not = registries.unwanted(list(notices)), [], ""
    for notice in notices:
        if notice.id in stopped:
            why_not = stopped[notice.id]
        elif notice.expires_at is not None and notice.expires_at <= now:
            why_not = EXPIRED
        elif not registries.still_wanted(notice.kind, notice, now):
            why_not = NOT_WANTED
        else:
            wanted.append(notice)
    return wanted, why_not


def _render(mail: OutboxMail, notices: Sequence[Notice], now: datetime) -> Message | None:
    contact = registries.contacts([mail.person_id]).get(mail.person_id) if mail.person_id else None
    contact = contact or registries.Contact(mail.recipient, mail.language, "")
    contact = replace(contact, email=mail.recipient)  # links in it are for this address, also when it changed meanwhile
    told = [(row.kind, row.parameters, row.created_at) for row in notices]
    with force_locale(locale_for(contact.language)):
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
