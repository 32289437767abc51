"""From notices to mails: who gets which, at which address, in which language."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

import sqlalchemy as sa

from app.core import registries
from app.core.notices import Notice
from app.core.outbox.models import OutboxMail
from app.core.types import Facts
from app.extensions import db

BATCH = 50


def address_notices(now: datetime) -> int:
    """Make one mail of each notice that has none and may leave; the notice of a person without an address, or of what
    they do not want, is marked dropped."""
    waiting = list(
        db.session.scalars(
            sa.select(Notice)
            .where(Notice.mail_id.is_(None), Notice.dropped_at.is_(None))
            .where(sa.or_(Notice.not_before.is_(None), Notice.not_before <= now))
            .order_by(Notice.created_at)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
    )
    contacts = registries.contacts([notice.person_id for notice in waiting])
    slots = registries.pace(waiting, now)
    for notice in waiting:
        contact = contacts.get(notice.person_id)
        slot = slots[notice.id]
        if contact is None or slot.suppressed:
            notice.dropped_at, notice.dropped_because = now, slot.suppressed or "no_address"
            continue
        mail = OutboxMail(
            dedupe_key=notice.key,
            kind=notice.kind,
            person_id=notice.person_id,
            recipient=contact.email,
            language=contact.language,
            not_before=slot.not_before,
            expires_at=notice.expires_at,
            message_id=f"<{uuid5(NAMESPACE_URL, notice.key)}@maloca>",
            audience=notice.audience,
            parameters=notice.parameters,
            created_at=now,
        )
        db.session.add(mail)
        db.session.flush()
        notice.mail_id = mail.id
    db.session.commit()
    return len(waiting)


def mail_to_address(
    address: str,
    *,
    language: str,
    kind: str,
    key: str,
    parameters: Facts,
    now: datetime,
    person_id: UUID | None = None,
    expires_at: datetime | None = None,
) -> None:
    """Leave a mail to an address that is no account's any more: the last word to somebody who is erased in this
    transaction. Without a person the address is forgotten with the words of the mail.
    The same `key` twice breaks the constraint of the outbox: the caller makes it unlike others."""
    unique = f"{kind}:{key}"
    mail = OutboxMail(
        dedupe_key=unique,
        kind=kind,
        person_id=person_id,
        recipient=address,
        language=language,
        not_before=now,
        expires_at=expires_at,
        message_id=f"<{uuid5(NAMESPACE_URL, unique)}@maloca>",
        parameters=parameters,
        created_at=now,
    )
    db.session.add(mail)
    db.session.flush()
