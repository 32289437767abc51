"""The worker process: APScheduler ticks, the jobs do what is due. Any number of workers may run side by side."""

from __future__ import annotations

import signal
import threading

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from app.core import clock, jobs


def start_scheduler(app: Flask) -> BackgroundScheduler:
    """Start ticking all registered jobs in this process and return the running scheduler."""
    scheduler = BackgroundScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    for job in jobs.registered():
        scheduler.add_job(
            jobs.run, "interval", args=[app, job], id=job.name, seconds=job.every_seconds, next_run_time=clock.now()
        )
    scheduler.start()
    return scheduler


def serve(app: Flask) -> None:
    """Tick until SIGTERM or SIGINT; the job under way is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_caught: stop.set())
    scheduler = start_scheduler(app)
    structlog.get_logger().info("worker.started", jobs=len(jobs.registered()))
    stop.wait()
    scheduler.shutdown(wait=True)
    structlog.get_logger().info("worker.stopped")
