"""Jobs: plain functions of `now`, run again and again. What is due is in the database; late work is still due.

The runner gives the app context, one transaction per call of `step`, rollback and a log line. A job commits per
row; its failure never stops the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import structlog
from flask import Flask

from app.core import clock
from app.core.database import change_rows
from app.extensions import Model, db

Work = Callable[[datetime], int]
"""A job takes `now` (aware UTC) and returns how many rows it worked on."""

MOST_AT_ONCE = 500
"""Rows of one run; what is left is due at the next one."""

TRY_AGAIN = timedelta(minutes=5)
"""So long a row that failed lets others go before it."""


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    work: Work
    every_seconds: int
    reaches_out: bool
    """Whether it speaks with other machines: mail servers, calendars of others."""


_jobs: dict[str, Job] = {}


def register(name: str, work: Work, *, every_seconds: int, reaches_out: bool = False) -> None:
    _jobs[name] = Job(name, work, every_seconds, reaches_out)


def registered() -> list[Job]:
    return [_jobs[name] for name in sorted(_jobs)]


_stop = Event()


def stop_soon() -> None:
    """Ask the jobs of this process that work for long to end after the row under way."""
    _stop.set()


def is_stopping() -> bool:
    return _stop.is_set()


def run(app: Flask, job: Job, now: datetime | None = None) -> int:
    """Run one job once, as of `now`; returns its count, or -1 when it failed (logged, rolled back, tried again at the
    next tick)."""
    log = structlog.get_logger()
    with app.app_context():
        try:
            done = job.work(now or clock.now())
        except Exception as error:
            db.session.rollback()
            log.exception("job.failed", job=job.name, kind=type(error).__name__)
            return -1
        if done:
            log.info("job.done", job=job.name, rows=done)
        return done


def run_all(app: Flask) -> dict[str, int]:
    """Run every job once, in the order of their names: what a tick of each would do."""
    return {job.name: run(app, job) for job in registered()}


def each(
    package: str, ids: list[UUID], work: Callable[[UUID], int], on_failure: Callable[[UUID], int] | None = None
) -> int:
    """Work on rows one by one, each in a transaction of its own; one that fails stays due and keeps nobody waiting.
    Where only the first of many rows are worked on at once, `on_failure` moves the next try of a row that failed ahead,
    in a transaction of its own. Returns the sum of what `work` returned."""
    done = 0
    for row_id in ids:
        try:
            done += work(row_id)
            db.session.commit()
        except Exception as error:
            db.session.rollback()
            structlog.get_logger().exception(f"{package}.failed", row=str(row_id), kind=type(error).__name__)
            if on_failure is not None:
                each(f"{package}.put_off", [row_id], on_failure)
    return done


def follow(row: Any, by: timedelta) -> None:
    """Let the reminder of a row be due so much later, or earlier, because its date moved by as much; nothing where it
    was told already, by whatever worker."""
    table, due = type(row), row.remind_at
    if due is not None:
        change_rows(sa.update(table).where(table.id == row.id, table.remind_at == due).values(remind_at=due + by))


def remind(package: str, table: type[Model], tell: Callable[[Any], object], now: datetime, *only: Any) -> int:
    """Tell of every row (of `only` these) whose `remind_at` has come, once: each is claimed first, so that two workers
    tell nobody twice. Whether there is still something to tell is for `tell`; where it fails, it is tried again a
    little later. Returns how many rows were due."""
    columns = table.__table__.c
    is_due = (columns.remind_at <= now, *only)

    def one(row_id: UUID) -> int:
        claimed = sa.update(table).where(columns.id == row_id, *is_due).values(remind_at=None)
        if change_rows(claimed) != 1:
            return 0
        tell(db.session.get_one(table, row_id))
        return 1

    def later(row_id: UUID) -> int:
        return change_rows(sa.update(table).where(columns.id == row_id, *is_due).values(remind_at=now + TRY_AGAIN))

    due = sa.select(columns.id).where(*is_due).order_by(columns.remind_at, columns.id).limit(MOST_AT_ONCE)
    return each(package, list(db.session.scalars(due)), one, later)
