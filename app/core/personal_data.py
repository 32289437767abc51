"""What the kernel holds about a person: notices, mails and the marks of forms they sent. The audit keeps its lines:
they name people by identifiers alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.notices import Notice
from app.core.outbox import MailState, OutboxMail
from app.core.registries import Holding
from app.core.registries import register as register_package
from app.core.submissions import Submission
from app.extensions import db

HOLDINGS = {"mails": Holding(_l("Mails: when, about what, to which address"))}

NOT_YET_SENT = (MailState.PENDING, MailState.LEASED)


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return what was mailed to a person: when, about what, to which address."""
    mails = db.session.scalars(
        sa.select(OutboxMail).where(OutboxMail.person_id == person_id).order_by(OutboxMail.created_at)
    )
    return {
        "mails": [
            {
                "kind": mail.kind,
                "recipient": mail.recipient,
                "state": mail.state.value,
                "made": mail.created_at.isoformat(),
                "sent": mail.sent_at.isoformat() if mail.sent_at else None,
            }
            for mail in mails
        ]
    }


def merge_person(kept_id: UUID, gone_id: UUID) -> None:
    """Let the one person's notices, mails and sent forms be the other's."""
    for table in (Notice, OutboxMail, Submission):
        db.session.execute(sa.update(table).where(table.person_id == gone_id).values(person_id=kept_id))


def erase_person(person_id: UUID, now: datetime) -> None:
    """Forget the address and the words of every mail to a person; what is not yet sent is not sent."""
    waiting = (OutboxMail.person_id == person_id, OutboxMail.state.in_(NOT_YET_SENT))
    db.session.execute(sa.update(OutboxMail).where(*waiting).values(state=MailState.CANCELLED, lease_token=None))
    mails = sa.update(OutboxMail).where(OutboxMail.person_id == person_id)
    db.session.execute(mails.values(recipient="", rendered=None, parameters={}))
    notices = sa.update(Notice).where(Notice.person_id == person_id)
    db.session.execute(notices.where(Notice.mail_id.is_(None), Notice.dropped_at.is_(None)).values(dropped_at=now))
    db.session.execute(notices.values(parameters={}))


def register() -> None:
    register_package(
        "core",
        export_person=export_person,
        merge_person=merge_person,
        erase_person=erase_person,
        holdings=HOLDINGS,
    )
