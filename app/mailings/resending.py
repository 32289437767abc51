"""Sending a mail again: one that may not have arrived, or was refused while an address did not work."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit, registries
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.notices import Notice
from app.core.outbox import MailState, OutboxMail, lift
from app.core.permissions import require
from app.extensions import db
from app.mailings.log import key_of_again

REPEATABLE = (MailState.PRESUMED_SENT, MailState.FAILED)


class SentAgainAlready(RuleBroken):
    """Somebody was quicker."""


class NothingToRepeat(RuleBroken):
    """It arrived, or is on its way; it is over; or nobody is there to get it."""


def send_again(actor: Actor, mail: OutboxMail, *, now: datetime) -> OutboxMail:
    """Leave the same mail once more, to the address that its person has now, which is tried anew if it was refused. It
    is written when it leaves, from what is still wanted of it; what was sent before stays in the log as it is. Raises
    `NothingToRepeat`, `SentAgainAlready`."""
    require(actor, "mailings.send_again", mail)
    recipient = _recipient(mail, now)
    key = key_of_again(mail)
    again = OutboxMail(
        dedupe_key=key,
        kind=mail.kind,
        person_id=mail.person_id,
        recipient=recipient,
        language=mail.language,
        not_before=now,
        expires_at=mail.expires_at,
        message_id=f"<{uuid5(NAMESPACE_URL, key)}@maloca>",
        audience=mail.audience,
        parameters=mail.parameters,
        created_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(again)
            db.session.flush()
    except IntegrityError:
        raise SentAgainAlready(_l("Somebody has sent this mail again already.")) from None
    db.session.execute(sa.update(Notice).where(Notice.mail_id == mail.id).values(mail_id=again.id))
    lift(recipient)
    audit.record(actor, "mailings.mail.sent_again", "mail", mail.id, {"kind": mail.kind}, now=now)
    return again


def _recipient(mail: OutboxMail, now: datetime) -> str:
    """Return where a mail goes when it is sent again: to the address its person has now, or the one it was for."""
    if mail.state not in REPEATABLE or not mail.recipient:
        raise NothingToRepeat(_l("This mail was sent, or was not to be sent: there is nothing to send again."))
    if mail.expires_at is not None and mail.expires_at <= now:
        raise NothingToRepeat(_l("It was over."))
    if mail.person_id is None:
        return mail.recipient
    contact = registries.contacts([mail.person_id]).get(mail.person_id)
    if contact is None:
        raise NothingToRepeat(_l("They have no address."))
    return contact.email


def lift_address(actor: Actor, mail: OutboxMail, *, now: datetime) -> bool:
    """Say that an address works again: what is told from now on is mailed there. Lifting twice is lifting; what was not
    sent meanwhile is sent again one by one."""
    require(actor, "mailings.lift_address", mail)
    was_refused = lift(mail.recipient)
    if was_refused:
        audit.record(actor, "mailings.address.lifted", "mail", mail.id, now=now)
    return was_refused
