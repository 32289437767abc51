"""The worker process: APScheduler ticks, the jobs do what is due. Any number of workers may run side by side."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from uuid import uuid4

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock, heartbeat, jobs, schema
from app.core.mail_url import transport_for
from app.extensions import db

THREADS = 8
"""One slow job (a mail server that stalls) takes one; the others go on ticking."""


def start_scheduler(app: Flask, beat: Callable[[], None]) -> BackgroundScheduler:
    """Start ticking all registered jobs in this process, and `beat`, and return the running scheduler."""
    scheduler = BackgroundScheduler(
        timezone="UTC",
        executors={"default": ThreadPoolExecutor(THREADS), "beat": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    scheduler.add_job(
        beat, "interval", id="beat", seconds=heartbeat.EVERY_SECONDS, next_run_time=clock.now(), executor="beat"
    )
    for job in jobs.registered():
        scheduler.add_job(
            jobs.run, "interval", args=[app, job], id=job.name, seconds=job.every_seconds, next_run_time=clock.now()
        )
    scheduler.start()
    return scheduler


class Beat:
    """Says every few seconds that this worker is there; stops it once the database belongs to newer code."""

    def __init__(self, app: Flask, stop: threading.Event) -> None:
        self.app, self.stop, self.worker = app, stop, uuid4()
        self.is_outdated = False

    def __call__(self) -> None:
        log = structlog.get_logger()
        with self.app.app_context():
            try:
                if schema.compare(db.session.connection()) is not schema.SchemaState.CURRENT:
                    self.is_outdated = True
                    log.error("worker.outdated", needs="a restart with the code of this database")
                    self.stop.set()
                    return
                heartbeat.beat(self.worker, version=schema.head(), now=clock.now())
                db.session.commit()
            except SQLAlchemyError as error:
                db.session.rollback()
                log.warning("worker.no_database", kind=type(error).__name__)


def serve(app: Flask) -> int:
    """Tick until SIGTERM or SIGINT; the mail or row under way is finished first. Returns the exit code: 1 when the
    database was upgraded under this worker, so that whoever watches starts it anew."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_caught: stop.set())
    log, beat = structlog.get_logger(), Beat(app, stop)
    with app.app_context():
        if transport_for(app.extensions["maloca"]) is None:
            log.warning("worker.mails_wait", because="MAIL_URL is not set")
        db.session.remove()
    scheduler = start_scheduler(app, beat)
    log.info("worker.started", jobs=len(jobs.registered()))
    stop.wait()
    jobs.stop_soon()
    scheduler.shutdown(wait=True)
    log.info("worker.stopped")
    return 1 if beat.is_outdated else 0
