"""`flask worker` as whoever watches a machine meets it: it works until it is told to stop, or its database is newer."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask

from app.core.heartbeat import WorkerHeartbeat
from app.extensions import db
from tests.architecture.test_start import ROOT, environment, wait_for

WITH_A_QUICK_HEART = """
from flask.cli import cli
from app.core import heartbeat
heartbeat.EVERY_SECONDS = 1
cli.main(["worker"])
"""


@contextmanager
def a_worker_of(house: Flask) -> Iterator[subprocess.Popen[bytes]]:
    """Start a worker and wait until it says that it is there."""
    settings = house.extensions["maloca"]
    given = environment(settings.instance, FLASK_APP="wsgi", DATABASE_URL=settings.database_url)
    process = subprocess.Popen([sys.executable, "-c", WITH_A_QUICK_HEART], cwd=ROOT, env=given)
    try:
        wait_for(lambda: process.poll() is not None or beats(house) == 1)
        assert process.poll() is None
        yield process
    finally:
        process.kill()
        process.wait()


def beats(house: Flask) -> int:
    with house.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(WorkerHeartbeat)) or 0


def test_a_worker_that_is_told_to_stop_ends_well(own_app):
    with a_worker_of(own_app) as worker:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=60) == 0


def test_a_worker_whose_database_was_upgraded_under_it_ends_so_that_it_is_started_anew(own_app):
    with a_worker_of(own_app) as worker:
        with own_app.app_context():
            db.session.execute(sa.text("UPDATE alembic_version SET version_num = '29991231_tomorrow'"))
            db.session.commit()
        assert worker.wait(timeout=60) == 1
