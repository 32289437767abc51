"""Writing a due mail: whether it is still to be sent, and its words in its recipient's language."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from email.message import Message

import sqlalchemy as sa
import structlog
from flask import current_app
from flask_babel import force_locale

from app.core import house, mails, registries
from app.core.notices import Notice
from app.core.outbox.models import MailState, OutboxMail
from app.extensions import db


def written(mail: OutboxMail, now: datetime) -> tuple[MailState, str, Message | None]:
    """Return what is to become of a mail, why not, and its words if it is to be sent."""
    try:
        if mail.expires_at is not None and mail.expires_at <= now:
            return MailState.EXPIRED, "", None
        message = _render(mail) if is_wanted(mail, now) else None
        return (MailState.CANCELLED if message is None else MailState.SENT), "", message
    except Exception as broken:  # a mail that cannot be written fails alone and is shown, it never blocks the others
        structlog.get_logger().exception("outbox.unwritable", mail=str(mail.id), kind=mail.kind)
        return MailState.FAILED, type(broken).__name__, None


def is_wanted(mail: OutboxMail, now: datetime) -> bool:
    """Whether a notice of this mail still makes sense; a mail to an address has none, and its writer decides."""
    notices = db.session.scalars(sa.select(Notice).where(Notice.mail_id == mail.id)).all()
    return not notices or any(registries.still_wanted(notice.kind, notice, now) for notice in notices)


def _render(mail: OutboxMail) -> Message | None:
    contact = registries.contacts([mail.person_id]).get(mail.person_id) if mail.person_id else None
    contact = contact or registries.Contact(mail.recipient, mail.language, "")
    contact = replace(contact, email=mail.recipient)  # links in it are for this address, also when it changed meanwhile
    with force_locale(contact.language):
        words = mails.write(mail.kind, mail.parameters, contact)
        if words is None:
            return None
        text = "\n\n".join((mails.greeting(contact), *words.paragraphs, house.name_of_house(contact.language)))
    sender = current_app.extensions["maloca"].mail_from
    return mails.message(words.subject, text, sender=sender, recipient=mail.recipient, language=contact.language)
