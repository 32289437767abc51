"""What became of a mail, written into its row by whoever still holds it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core.database import change_rows
from app.core.outbox.claiming import held_by
from app.core.outbox.journal import Claimed
from app.core.outbox.models import MAIL, MailState, OutboxMail
from app.extensions import db

RETRY_MINUTES = (1, 5, 15, 60)
MOST_ATTEMPTS = 75
"""Three days of trying, an hour apart; a mail that expires is given up at its own time."""

MAY_HAVE_LEFT = (MailState.LEASED, MailState.HANDOFF, MailState.PRESUMED_SENT)
"""States in which the answer of the server still counts: a slow one may come after somebody gave the worker up."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mail. `rendered` are its words as they were sent."""

    claimed: Claimed
    state: MailState
    at: datetime
    error: str = ""
    rendered: bytes | None = None


_SENT = (
    sa.update(MAIL)
    .where(
        MAIL.c.id == sa.bindparam("mail"),
        MAIL.c.lease_token == sa.bindparam("token"),
        MAIL.c.state.in_(MAY_HAVE_LEFT),
    )
    .values(
        state=MailState.SENT,
        lease_until=None,
        lease_token=None,
        sent_at=sa.bindparam("at"),
        last_error="",
        rendered=sa.bindparam("words"),
    )
)
"""Made once: it is said for every mail."""


def record_taken(outcomes: Iterable[Outcome]) -> None:
    """Write down that mails were taken, with their words; those that are somebody else's by now stay as they are."""
    said = [
        {"mail": row.claimed.mail_id, "token": row.claimed.token, "at": row.at, "words": row.rendered}
        for row in outcomes
    ]
    if said:
        db.session.execute(_SENT, said)


def retry_at(attempts: int, claimed: Claimed, now: datetime) -> datetime:
    """Return when a mail is tried again that was not taken for the `attempts`th time: after 1, 5, 15, then every 60
    minutes, and up to a fifth later, so that many do not come back at once."""
    minutes = RETRY_MINUTES[min(attempts, len(RETRY_MINUTES)) - 1]
    lot = (claimed.mail_id.int ^ claimed.token.int) % 1000
    return now + timedelta(minutes=minutes) * (1 + lot / 5000)


def record(outcome: Outcome) -> bool:
    """Write an end down; False when the mail is somebody else's by now. The caller commits."""
    changes: dict[str, object] = {"state": outcome.state, "lease_until": None}
    if outcome.state is MailState.SENT:
        changes |= {"sent_at": outcome.at, "last_error": ""}
    if outcome.state is not MailState.PRESUMED_SENT:
        changes["lease_token"] = None  # the token of what is presumed stays: a journal may still tell
    if outcome.error:
        changes["last_error"] = outcome.error[:300]
    if outcome.rendered is not None:
        changes["rendered"] = outcome.rendered
    return _change(outcome.claimed, changes) == 1


def put_off(claimed: Claimed, *, error: str, now: datetime, rendered: bytes | None = None) -> None:
    """Write down that a mail was not taken and when it is tried again; given up after days. The caller commits."""
    attempts = (db.session.scalar(sa.select(OutboxMail.attempts).where(*held_by(claimed))) or 0) + 1
    is_over = attempts >= MOST_ATTEMPTS
    changes: dict[str, object] = {
        "state": MailState.FAILED if is_over else MailState.PENDING,
        "attempts": attempts,
        "abandoned": 0,
        "lease_token": None,
        "lease_until": None,
        "last_error": error[:300],
    }
    if not is_over:
        changes["not_before"] = retry_at(attempts, claimed, now)
    if rendered is not None:
        changes["rendered"] = rendered
    _change(claimed, changes)


def _change(claimed: Claimed, changes: dict[str, object]) -> int:
    return change_rows(
        sa.update(OutboxMail)
        .where(*held_by(claimed), OutboxMail.state.in_(MAY_HAVE_LEFT))
        .values(**changes)
        .execution_options(synchronize_session=False)
    )
