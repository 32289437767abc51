"""The outbox: the one door through which mail leaves the house.

`address_notices` makes a mail of each notice; `deliver_due` claims due mails, writes them in their recipient's
language, hands them over and records the outcome. Nothing here is sent inside a transaction that wrote a fact,
and no transaction is open while the network is asked. States and columns leave room for the crash protocol.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import Message
from enum import StrEnum
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import sqlalchemy as sa
import structlog
from flask import current_app
from flask_babel import force_locale
from sqlalchemy.orm import Mapped, mapped_column

from app.core import mails, registries
from app.core.actors import SECRETARIAT
from app.core.database import change_rows, only_reading
from app.core.notices import Notice
from app.core.transport import Permanent, Transport, transport_for
from app.core.types import Facts, JSONFacts, UTCDateTime, code_type
from app.extensions import Model, db

LEASE = timedelta(minutes=2)
KEEP_BYTES = timedelta(days=7)
RETRY_MINUTES = (1, 5, 15, 60)
MAX_ATTEMPTS = 12
BATCH = 50


class MailState(StrEnum):
    PENDING = "pending"
    LEASED = "leased"
    HANDOFF = "handoff"
    SENT = "sent"
    PRESUMED_SENT = "presumed_sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class OutboxMail(Model):
    __tablename__ = "outbox_mail"
    __table_args__ = (
        sa.Index(
            "ix_outbox_mail_due",
            "not_before",
            postgresql_where=sa.text("state IN ('pending', 'leased')"),
            sqlite_where=sa.text("state IN ('pending', 'leased')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    dedupe_key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(60))
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    recipient: Mapped[str] = mapped_column(sa.String(254))
    language: Mapped[str] = mapped_column(sa.String(20))
    not_before: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    state: Mapped[MailState] = mapped_column(code_type(MailState, "state"), default=MailState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[UUID | None]
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    message_id: Mapped[str] = mapped_column(sa.String(120), unique=True)
    audience: Mapped[str] = mapped_column(sa.String(80), default=SECRETARIAT)
    parameters: Mapped[Facts] = mapped_column(JSONFacts, default=dict)
    rendered: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    last_error: Mapped[str] = mapped_column(sa.String(300), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a worker holds between its two short transactions."""

    mail_id: UUID
    token: UUID


def address_notices(now: datetime) -> int:
    """Make one mail of each notice that has none; the notice of a person without an address is marked dropped."""
    waiting = list(
        db.session.scalars(
            sa.select(Notice)
            .where(Notice.mail_id.is_(None), Notice.dropped_at.is_(None))
            .order_by(Notice.created_at)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
    )
    contacts = registries.contacts([notice.person_id for notice in waiting])
    for notice in waiting:
        contact = contacts.get(notice.person_id)
        if contact is None:
            notice.dropped_at = now
            continue
        mail = OutboxMail(
            dedupe_key=notice.key,
            kind=notice.kind,
            person_id=notice.person_id,
            recipient=contact.email,
            language=contact.language,
            not_before=now,
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
        outcome, error, message = _written(mail, now)
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


def _written(mail: OutboxMail, now: datetime) -> tuple[MailState, str, Message | None]:
    """Return what is to become of a mail, why not, and its words if it is to be sent."""
    try:
        if mail.expires_at is not None and mail.expires_at <= now:
            return MailState.EXPIRED, "", None
        message = _render(mail) if _is_wanted(mail, now) else None
        return (MailState.CANCELLED if message is None else MailState.SENT), "", message
    except Exception as broken:  # a mail that cannot be written fails alone and is shown, it never blocks the others
        structlog.get_logger().exception("outbox.unwritable", mail=str(mail.id), kind=mail.kind)
        return MailState.FAILED, type(broken).__name__, None


def _is_wanted(mail: OutboxMail, now: datetime) -> bool:
    """Whether a notice of this mail still makes sense; a mail to an address has none, and its writer decides."""
    notices = db.session.scalars(sa.select(Notice).where(Notice.mail_id == mail.id)).all()
    return not notices or any(registries.still_wanted(notice.kind, notice, now) for notice in notices)


def _render(mail: OutboxMail) -> Message | None:
    contact = registries.contacts([mail.person_id]).get(mail.person_id) if mail.person_id else None
    contact = contact or registries.Contact(mail.recipient, mail.language, "")
    with force_locale(contact.language):
        words = mails.write(mail.kind, mail.parameters, contact)
    if words is None:
        return None
    settings = current_app.extensions["maloca"]
    return mails.message(words, sender=settings.mail_from, recipient=mail.recipient, language=contact.language)


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


def drop_old_bytes(now: datetime) -> int:
    """Forget the words of mails some days after they were made, and the address of those that are no person's; that a
    mail was sent stays known."""
    ended = OutboxMail.state.not_in((MailState.PENDING, MailState.LEASED, MailState.HANDOFF))
    nobodys = sa.update(OutboxMail).where(OutboxMail.person_id.is_(None), OutboxMail.recipient != "", ended)
    change_rows(nobodys.where(OutboxMail.created_at < now - KEEP_BYTES).values(recipient=""))
    dropped = change_rows(
        sa.update(OutboxMail)
        .where(OutboxMail.rendered.is_not(None), OutboxMail.created_at < now - KEEP_BYTES)
        .values(rendered=None)
    )
    db.session.commit()
    return dropped
