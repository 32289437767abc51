"""A house that came back from a backup: what was sent after the backup is presumed sent, and not sent again.

The restored database knows neither the mails that left since nor what the house told by itself: its reminders, its
closings. So the jobs work once more from the last sign of a worker to the moment at which the house went down, as if
those hours passed anew, but for what speaks with other machines; then whatever would have left by then is called
presumed sent. Each of it stands in the log, and the secretariat sends again what must not be missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Flask

from app.core import jobs
from app.core.database import change_rows
from app.core.heartbeat import pulse
from app.core.notices import Notice
from app.core.outbox import MailState, OutboxMail, address_notices
from app.extensions import db

STEP = timedelta(minutes=5)
"""So exactly the hours pass anew: what became due just before a mail of the day is told in that mail."""

LONGEST = timedelta(days=31)
"""Of an older backup only these days pass anew."""

HELD = (MailState.PENDING, MailState.LEASED, MailState.HANDOFF)


def presume_sent(app: Flask, until: datetime) -> int:
    """Call whatever would have left by `until` (aware) presumed sent; twice is once. Returns how many mails and
    notices, which the caller commits. No worker may run meanwhile."""
    begin = max(pulse(until).seen_at or until, until - LONGEST)
    db.session.rollback()
    due = {job: begin for job in jobs.registered() if not job.reaches_out}
    for now in _steps(begin, until):
        for job, due_at in due.items():
            if due_at <= now or now == until:
                jobs.run(app, job, now=now)
                due[job] = now + timedelta(seconds=job.every_seconds)
    while address_notices(until):  # what was told last
        pass
    return change_rows(
        sa.update(OutboxMail)
        .where(OutboxMail.state.in_(HELD), OutboxMail.not_before <= until)
        .values(state=MailState.PRESUMED_SENT, lease_token=None, lease_until=None)
    ) + change_rows(
        sa.update(Notice)
        .where(Notice.mail_id.is_(None), Notice.dropped_at.is_(None), Notice.leaves_at <= until)
        .values(dropped_at=Notice.leaves_at, dropped_because=MailState.PRESUMED_SENT.value)
    )


def _steps(begin: datetime, until: datetime) -> Iterator[datetime]:
    now = begin
    while now < until:
        yield now
        now += STEP
    yield until
