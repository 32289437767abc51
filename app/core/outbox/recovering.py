"""What is done with mails whose worker is gone: killed, paused longer than its lease, or cut off from the database.

A mail whose dot cannot have left is due again. One whose dot may have left is what the journal says; without a word
there it is presumed sent and never repeated by itself, unless its kind would rather come twice than not at all.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core import mails
from app.core.database import change_rows
from app.core.outbox.claiming import held_by
from app.core.outbox.journal import Claimed, Entry, Journal, Verdict
from app.core.outbox.models import MailState, OutboxMail
from app.core.outbox.recording import Outcome, record
from app.extensions import db

MOST_ABANDONED = 5
"""A mail with which so many workers in a row died is not tried again: it may be what they die of."""

AT_ONCE = 200


def recover(now: datetime, journal: Journal) -> int:
    """Settle the mails whose lease is over. Returns how many."""
    held = sa.select(OutboxMail).where(
        OutboxMail.state.in_((MailState.LEASED, MailState.HANDOFF)), OutboxMail.lease_until < now
    )
    rows = db.session.scalars(held.limit(AT_ONCE).with_for_update(skip_locked=True)).all()
    claims = {row.id: _claim_of(row) for row in rows}
    known = journal.find(claims[row.id] for row in rows if row.state is MailState.HANDOFF)
    for row in rows:
        entry = known.get(claims[row.id])
        if row.state is MailState.HANDOFF and not _is_free(row, entry):
            record(_ended(claims[row.id], entry, now))
        else:
            _set_free(row, is_known=entry is not None)
    db.session.commit()
    return len(rows)


def settle_presumed(journal: Journal) -> int:
    """Call sent what others presumed and what stands as taken in the journal of this machine. Returns how many."""
    settled, claims = 0, _presumed_after(None)
    while claims:
        known = journal.find(claims)
        taken = [(claimed, entry) for claimed, entry in known.items() if entry.verdict is Verdict.TAKEN]
        for claimed, entry in taken:
            record(Outcome(claimed, MailState.SENT, entry.at))
        db.session.commit()
        settled += len(taken)
        claims = _presumed_after(claims[-1])
    return settled


def _presumed_after(last: Claimed | None) -> list[Claimed]:
    """Return the next of what is presumed and may still be settled, without its words: years may have left many."""
    presumed = sa.select(OutboxMail.id, OutboxMail.lease_token).where(
        OutboxMail.state == MailState.PRESUMED_SENT, OutboxMail.lease_token.is_not(None)
    )
    if last is not None:
        presumed = presumed.where(OutboxMail.id > last.mail_id)
    rows = db.session.execute(presumed.order_by(OutboxMail.id).limit(AT_ONCE))
    return [Claimed(mail_id, token) for mail_id, token in rows if token is not None]


def _claim_of(row: OutboxMail) -> Claimed:
    return Claimed(row.id, row.lease_token or row.id)


def _is_free(row: OutboxMail, entry: Entry | None) -> bool:
    """Whether a mail that stood before its dot may be sent (again). Whose address was erased meanwhile has none."""
    if entry is not None:
        return entry.verdict is Verdict.NOT_TAKEN
    return mails.is_repeated(row.kind) and bool(row.recipient) and row.abandoned + 1 < MOST_ABANDONED


def _ended(claimed: Claimed, entry: Entry | None, now: datetime) -> Outcome:
    if entry is not None and entry.verdict is Verdict.TAKEN:
        return Outcome(claimed, MailState.SENT, entry.at)
    return Outcome(claimed, MailState.PRESUMED_SENT, now, "unanswered")


def _set_free(row: OutboxMail, *, is_known: bool) -> None:
    """Make a mail due again, or give it up as the one that workers die of."""
    abandoned = row.abandoned + (0 if is_known else 1)
    changes: dict[str, Any] = {"state": MailState.PENDING, "abandoned": abandoned}
    if abandoned >= MOST_ABANDONED:
        changes |= {"state": MailState.FAILED, "last_error": "abandoned"}
    change_rows(
        sa.update(OutboxMail)
        .where(*held_by(_claim_of(row)))
        .values(lease_token=None, lease_until=None, **changes)
        .execution_options(synchronize_session=False)
    )
