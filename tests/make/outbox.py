"""Mails for tests: a notice whose mail has left."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa

from app.core.notices import Notice
from app.core.outbox import MailState, OutboxMail
from app.extensions import db


def hand_over(notice: Notice, *, at: datetime, handed: datetime | None = None) -> None:
    """Let the mail of a notice leave at an instant, `handed` over before the server answered."""
    mail = OutboxMail(
        id=uuid4(),
        dedupe_key=notice.key,
        kind=notice.kind,
        person_id=notice.person_id,
        recipient="somebody@example.org",
        language="en",
        state=MailState.SENT,
        not_before=at,
        message_id=f"<{uuid4()}@example.org>",
        created_at=at,
        handed_at=handed or at,
        sent_at=at,
    )
    db.session.add(mail)
    db.session.flush()
    notice.mail_id = mail.id
    db.session.flush()


def hand_over_all(at: datetime) -> None:
    """Let whatever waits without a mail leave in one, whatever the hour of its reader."""
    db.session.flush()
    for notice in db.session.scalars(sa.select(Notice).where(Notice.mail_id.is_(None), Notice.dropped_at.is_(None))):
        hand_over(notice, at=at)
