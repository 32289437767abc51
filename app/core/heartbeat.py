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
    """A worker process as it was last seen. No name of a machine: pages show it."""

    __tablename__ = "worker_heartbeat"

    worker: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(40))
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    version: Mapped[str] = mapped_column(sa.String(40))
    """Revision of the database that this worker's code was written for."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """How the work behind the house goes. `due` mails should have left by now, the first of them at `due_since`."""

    seen_at: datetime | None
    due: int
    due_since: datetime | None

    def is_missed(self, now: datetime) -> bool:
        """Whether no worker was seen for minutes."""
        return self.seen_at is None or now - self.seen_at > MISSED_AFTER

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
    """Return when a worker was last seen, and which mails should have left."""
    due = sa.select(sa.func.count(), sa.func.min(OutboxMail.not_before)).where(
        OutboxMail.state == MailState.PENDING, OutboxMail.not_before <= now
    )
    count, since = db.session.execute(due).one()
    return Pulse(db.session.scalar(sa.select(sa.func.max(WorkerHeartbeat.seen_at))), count, since)


def list_workers(now: datetime) -> list[WorkerHeartbeat]:
    """Return the workers seen within minutes, newest first."""
    return list(
        db.session.scalars(
            sa.select(WorkerHeartbeat)
            .where(WorkerHeartbeat.seen_at > now - MISSED_AFTER)
            .order_by(WorkerHeartbeat.started_at.desc())
        )
    )
