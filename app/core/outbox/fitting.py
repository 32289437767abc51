"""A mail that waited fits its reader as they are now: their address of today, and not in their quiet hours.

Mails wait longer than anybody meant: a worker was away, a server refused for hours, the secretariat sends one again.
Mails to an address that is no account's (`mail_to_address`) have no notice and stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import registries
from app.core.notices import Notice
from app.core.outbox.models import MailState, OutboxMail
from app.extensions import db

NO_ADDRESS = "no_address"


def fit(mail_ids: list[UUID], now: datetime) -> list[UUID]:
    """Return those of some due mails that may leave now. Whose reader has another address by now goes there; whose
    reader has none is cancelled; what would come into a night waits for its end, if that is not too late for any part
    of it. The caller holds the rows and commits."""
    told = _notices_of(mail_ids)
    rows = db.session.execute(
        sa.select(OutboxMail.id, OutboxMail.person_id, OutboxMail.recipient).where(OutboxMail.id.in_(told))
    ).all()
    contacts = registries.contacts(list({row.person_id for row in rows if row.person_id is not None}))
    asleep = registries.quiet([notice for notices in told.values() for notice in notices], now)
    changes: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        contact = contacts.get(row.person_id)
        if contact is None:
            changes[row.id] = {"state": MailState.CANCELLED, "last_error": NO_ADDRESS}
        elif (wakes := _wakes_at(told[row.id], asleep)) is not None:
            changes[row.id] = {"not_before": wakes}
        elif contact.email != row.recipient:
            changes[row.id] = {"recipient": contact.email}
    for mail_id, values in changes.items():
        _change(mail_id, values)
    return [mail_id for mail_id in mail_ids if changes.get(mail_id, {}).keys() <= {"recipient"}]


def _notices_of(mail_ids: list[UUID]) -> dict[UUID, list[Notice]]:
    found: dict[UUID, list[Notice]] = defaultdict(list)
    for notice in db.session.scalars(sa.select(Notice).where(Notice.mail_id.in_(mail_ids))):
        if notice.mail_id is not None:
            found[notice.mail_id].append(notice)
    return found


def _wakes_at(notices: Sequence[Notice], asleep: dict[UUID, datetime]) -> datetime | None:
    ends = [asleep.get(notice.id) for notice in notices]
    return None if None in ends else max(end for end in ends if end is not None)


def _change(mail_id: UUID, values: dict[str, Any]) -> None:
    changed = sa.update(OutboxMail).where(OutboxMail.id == mail_id).values(**values)
    db.session.execute(changed.execution_options(synchronize_session=False))
