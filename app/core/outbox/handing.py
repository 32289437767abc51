"""The last look: a short transaction between the last line of a mail and its dot.

The dot leaves only if this worker still holds the mail, its time is not over and somebody still wants it, as things
stand now, and if the row says so (`handoff`). From then on nobody sends this mail again by accident.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.core.database import change_rows
from app.core.outbox.claiming import LEASE, held_by
from app.core.outbox.journal import Claimed
from app.core.outbox.models import MailState, OutboxMail
from app.core.outbox.recording import Outcome, record
from app.core.outbox.writing import end_of_unwanted
from app.extensions import db


def hand_over(
    claimed: Claimed,
    now: datetime,
    *,
    told: frozenset[UUID] = frozenset(),
    before: Iterable[Outcome] = (),
    lease: timedelta = LEASE,
) -> bool:
    """Return whether the dot may leave, and let the row say so; else what became of the mail stands in it: a mail that
    tells (`told`, notices) what is no longer so is due again, to be written anew. `before` are the mails that were just
    taken: they become `sent` in the same transaction."""
    for outcome in before:
        record(outcome)
    is_held = change_rows(
        sa.update(OutboxMail)
        .where(*held_by(claimed), OutboxMail.state == MailState.LEASED, OutboxMail.lease_until > now)
        .values(state=MailState.HANDOFF, handed_at=now, lease_until=now + lease)
        .execution_options(synchronize_session=False)
    )
    end = _end(claimed, told, now) if is_held else None
    if end is not None:
        record(Outcome(claimed, end, now))
    db.session.commit()
    return bool(is_held) and end is None


def _end(claimed: Claimed, told: frozenset[UUID], now: datetime) -> MailState | None:
    """Return what becomes of a mail instead of being sent; None when it is to be sent."""
    mail = db.session.get_one(OutboxMail, claimed.mail_id)
    if mail.expires_at is not None and mail.expires_at <= now:
        return MailState.EXPIRED
    return end_of_unwanted(mail, told, now)
