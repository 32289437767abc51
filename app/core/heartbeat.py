"""When workers were last seen: each says so every few seconds, so that a house without one notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import change_rows
from app.core.outbox import MailState, OutboxMail
from app.core.types import UTCDateTime
from app.extensions import Model, db

EVERY_SECONDS = 20
MISSED_AFTER = timedelta(minutes=5)
LATE_AFTER = timedelta(minutes=15)
"""A mail that should have left so long ago waits for a server or a worker."""
KEPT = timedelta(days=7)


class WorkerHeartbeat(Model):
    """A worker process as it was last seen. No name of a machine: figures of it are public."""

    __tablename__ = "worker_heartbeat"

    worker: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(40))
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    version: Mapped[str] = mapped_column(sa.String(40))
    """Revision of the database that this worker's code was written for."""


@dataclass(frozen=True, slots=True)
class Seen:
    """When a worker was last seen, and how many were within minutes."""

    seen_at: datetime | None
    workers: int

    def is_missed(self, now: datetime) -> bool:
        """Whether no worker was seen for minutes."""
        return self.seen_at is None or now - self.seen_at > MISSED_AFTER


@dataclass(frozen=True, slots=True)
class Pulse(Seen):
    """How the work behind the house goes. `due` mails should have left by now, the first of them at `due_since`."""

    due: int
    due_since: datetime | None

    def is_late(self, now: datetime) -> bool:
        """Whether mails wait for longer than a tick and a first new try take."""
        return self.due_since is not None and now - self.due_since > LATE_AFTER


def beat(worker: UUID, *, version: str, now: datetime) -> None:
    """Say that a worker is there, and forget those of last week. The caller commits."""
    seen = sa.update(WorkerHeartbeat).where(WorkerHeartbeat.worker == worker).values(seen_at=now)
    if not change_rows(seen):
        name = f"worker {worker.hex[:6]}"
        db.session.add(WorkerHeartbeat(worker=worker, name=name, started_at=now, seen_at=now, version=version))
        change_rows(sa.delete(WorkerHeartbeat).where(WorkerHeartbeat.seen_at < now - KEPT))


def pulse(now: datetime) -> Pulse:
    """Return which workers were seen, and which mails should have left."""
    due = sa.select(sa.func.count(), sa.func.min(OutboxMail.not_before)).where(
        OutboxMail.state == MailState.PENDING, OutboxMail.not_before <= now
    )
    count, since = db.session.execute(due).one()
    seen = last_seen(now)
    return Pulse(seen.seen_at, seen.workers, count, since)


def last_seen(now: datetime) -> Seen:
    """Return when a worker was last seen, and how many were within minutes."""
    is_there = sa.case((WorkerHeartbeat.seen_at >= now - MISSED_AFTER, 1), else_=0)
    seen_at, workers = db.session.execute(
        sa.select(sa.func.max(WorkerHeartbeat.seen_at), sa.func.coalesce(sa.func.sum(is_there), 0))
    ).one()
    return Seen(seen_at, int(workers))
