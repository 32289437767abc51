"""Claiming due mails: a short transaction, a lease of two minutes, and a token that is new with every lease.

PostgreSQL shares rows out (`FOR UPDATE SKIP LOCKED`); on SQLite whoever writes is alone (`BEGIN IMMEDIATE`). A worker
that was paused longer than its lease finds another token on the row and leaves it alone. What is claimed goes where
its reader is written to now, and not in their night (`fitting`).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa

from app.core.outbox.fitting import fit
from app.core.outbox.journal import Claimed
from app.core.outbox.models import MailState, OutboxMail
from app.extensions import db

LEASE = timedelta(minutes=2)
BATCH = 50


def held_by(claimed: Claimed) -> tuple[sa.ColumnElement[bool], ...]:
    """Whether a mail is still this worker's."""
    return OutboxMail.id == claimed.mail_id, OutboxMail.lease_token == claimed.token


def claim(now: datetime, *, lease: timedelta = LEASE) -> list[Claimed]:
    """Take the oldest due mails; [] when none is due."""
    while due := _due(now):
        taken = fit(due, now)
        if taken:
            return _lease(taken, now + lease)
        db.session.commit()
    db.session.rollback()
    return []


def _due(now: datetime) -> list[UUID]:
    """Return the oldest due mails, locked. A mail with which a worker died is taken alone: should it be the one that
    kills workers, it takes no others along."""
    due = sa.select(OutboxMail.id, OutboxMail.abandoned).where(
        OutboxMail.state == MailState.PENDING, OutboxMail.not_before <= now
    )
    in_turn = due.order_by(OutboxMail.not_before, OutboxMail.id).limit(BATCH).with_for_update(skip_locked=True)
    rows = db.session.execute(in_turn).all()
    if rows and rows[0].abandoned:
        rows = rows[:1]
    return [row.id for row in rows if not row.abandoned or len(rows) == 1]


def _lease(taken: list[UUID], until: datetime) -> list[Claimed]:
    token = uuid4()
    db.session.execute(
        sa.update(OutboxMail)
        .where(OutboxMail.id.in_(taken))
        .values(state=MailState.LEASED, lease_token=token, lease_until=until),
        execution_options={"synchronize_session": False},
    )
    db.session.commit()
    return [Claimed(mail_id, token) for mail_id in taken]


def release(claims: list[Claimed]) -> None:
    """Give mails back that were not begun: they are due as they were."""
    for claimed in claims:
        db.session.execute(
            sa.update(OutboxMail)
            .where(*held_by(claimed), OutboxMail.state == MailState.LEASED)
            .values(state=MailState.PENDING, lease_token=None, lease_until=None),
            execution_options={"synchronize_session": False},
        )
    db.session.commit()
