"""What became of every notice in the end: the server's own word held against the rows of the house."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from app.core.notices import Notice
from app.core.outbox import MailState, OutboxMail
from app.extensions import db
from tests.torture.house import House


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    message_id: str
    state: MailState | None
    recipient: str
    error: str


@dataclass
class Reckoning:
    """`lost`: neither taken by the server nor shown to anybody. `twice`: taken more than once. `presumed`: shown as
    presumed sent, of which `not_taken` did not arrive. `failed`: shown as failed. `wrong`: said otherwise than it
    was."""

    mails: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    presumed: int = 0
    not_taken: int = 0
    failed: int = 0

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.twice or self.wrong)


def reckon(house: House) -> Reckoning:
    """Go through every notice whose commit was confirmed."""
    written, taken = house.lines("written.log"), Counter(house.lines("taken.log"))
    refused = Counter(house.lines("refused.log"))
    rows: dict[str, Row] = {row.key: row for row in house.ask(_rows)}
    found = Reckoning(mails=len(written))
    for key in written:
        _place(found, key, rows.get(key), taken, refused)
    found.twice += [name for name, times in taken.items() if times > 1]
    found.wrong += [f"{name} is nobody's" for name in set(taken) - {row.message_id for row in rows.values()}]
    return found


def _place(found: Reckoning, key: str, row: Row | None, taken: Counter[str], refused: Counter[str]) -> None:
    is_taken = row is not None and row.message_id in taken
    if row is None or row.state is None:
        found.lost.append(f"{key}: no mail")
    elif row.state is MailState.PRESUMED_SENT:
        found.presumed += 1
        found.not_taken += not is_taken
    elif row.state is MailState.FAILED:
        found.failed += 1
        refused[row.recipient] -= 1
        if is_taken or (row.error != "abandoned" and refused[row.recipient] < 0):
            found.wrong.append(
                f"{key}: failed ({row.error}), and the server {'took it' if is_taken else 'never said so'}"
            )
    elif not is_taken:
        found.lost.append(f"{key}: {row.state.value} {row.error}")
    elif row.state is not MailState.SENT:
        found.wrong.append(f"{key}: taken, and the row says {row.state.value}")


def _rows(_house: House) -> list[Row]:
    mails = sa.select(Notice.key, OutboxMail).join(OutboxMail, Notice.mail_id == OutboxMail.id, isouter=True)
    return [
        Row(key, mail.message_id, mail.state, mail.recipient, mail.last_error) if mail else Row(key, "", None, "", "")
        for key, mail in db.session.execute(mails)
    ]


@dataclass(frozen=True, slots=True)
class Left:
    """What is still under way: notices without a mail, mails that are due or held, and when the next one is due."""

    unaddressed: int
    due: int
    held: int
    next_at: datetime | None

    @property
    def is_nothing(self) -> bool:
        return not (self.unaddressed or self.due or self.held or self.next_at)


def left(house: House) -> Left:
    """Count what is still under way; asked in a process of its own."""
    now, count = house.clock(), sa.func.count()
    new = sa.select(count).where(Notice.mail_id.is_(None), Notice.dropped_at.is_(None))
    pending = OutboxMail.state == MailState.PENDING
    held = OutboxMail.state.in_((MailState.LEASED, MailState.HANDOFF))
    return Left(
        db.session.scalar(new) or 0,
        db.session.scalar(sa.select(count).where(pending, OutboxMail.not_before <= now)) or 0,
        db.session.scalar(sa.select(count).where(held)) or 0,
        db.session.scalar(sa.select(sa.func.min(OutboxMail.not_before)).where(pending)),
    )
