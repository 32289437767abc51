"""Reading what mixes several packages: how many mails did not arrive."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.outbox import MailState, OutboxMail
from app.extensions import db

REMEMBERED = timedelta(days=30)


def _failed(actor: Actor, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        OutboxMail.state == MailState.FAILED,
        OutboxMail.created_at > now - REMEMBERED,
        visible_to(actor, OutboxMail.audience),
    )


def count_failed_mails(actor: Actor, *, now: datetime) -> int:
    """Return how many mails of the last 30 days this reader may know of did not arrive."""
    return db.session.scalar(sa.select(sa.func.count(OutboxMail.id)).where(*_failed(actor, now))) or 0
