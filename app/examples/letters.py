"""Mails to read in a fresh house: of what the example people were told while the house was made, the newest of each
kind for everybody who has an address, in all languages of the pages.

Only where mails become files: no mail server hears of invented people.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core import outbox, registries
from app.core.notices import Notice
from app.core.outbox import MailState, OutboxMail
from app.extensions import db
from app.people.models import Account

NOON = 12
"""Hour of UTC at which the example mails leave: day in every place of the cast that has an address."""


def tell_nobody() -> None:
    """Forget what the making told; the house was empty, so all notices are about that, and all mails that wait for an
    address without an account."""
    db.session.execute(sa.delete(Notice))
    db.session.execute(sa.delete(OutboxMail).where(OutboxMail.state == MailState.PENDING))


def keep_the_newest(now: datetime) -> None:
    """Of what the making told, keep the newest of each kind for each person with an address, to leave at the last
    noon, each in a mail of its own; of a kind that concerns none of them, or is over for all, keep one, whose words can
    be previewed. Forget the rest: a digest of a hundred things is no example."""
    reached = set(db.session.scalars(sa.select(Account.person_id)))
    kept, told = {}, set[str]()
    waiting = sa.select(Notice).where(Notice.mail_id.is_(None)).order_by(Notice.created_at.desc(), Notice.id)
    at = last_noon(now)
    rows = [(row.person_id not in reached, _is_over(row, at), row) for row in db.session.scalars(waiting)]
    for is_unreached, is_over, notice in sorted(rows, key=lambda row: row[:2]):
        key = (notice.kind, None if is_unreached else notice.person_id)
        if key in kept or ((is_unreached or is_over) and notice.kind in told):
            continue
        kept[key] = notice.id
        told.add(notice.kind)
    db.session.execute(sa.delete(Notice).where(Notice.mail_id.is_(None), Notice.id.not_in(list(kept.values()))))
    db.session.execute(sa.update(Notice).where(Notice.mail_id.is_(None)).values(leaves_at=at, together=""))


def _is_over(notice: Notice, at: datetime) -> bool:
    is_late = notice.expires_at is not None and notice.expires_at <= at
    return is_late or not registries.still_wanted(notice.kind, notice, at)


def deliver(now: datetime) -> None:
    """Let what was kept leave, through the outbox; commits as a worker does."""
    at = last_noon(now)
    outbox.address_notices(at)
    outbox.deliver_due(at)


def last_noon(now: datetime) -> datetime:
    noon = now.replace(hour=NOON, minute=0, second=0, microsecond=0)
    return noon if noon <= now else noon - timedelta(days=1)
