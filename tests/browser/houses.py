"""Houses of example people that stand on a day of their own: one for each story, and one for the pictures.

Filling a house takes seconds (passwords are hashed slowly on purpose): it is filled once, and every story gets a copy.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import time_machine
from flask import Flask
from werkzeug.serving import make_server

from app.core import clock as the_clock
from app.examples import make_examples
from app.extensions import db
from app.people import signed_in
from tests.conftest import build_app

PASSWORD = "an example password"

DAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""A Tuesday: the first example session was held on the Saturday before, the next one is on the Saturday after."""

_DATABASE = "house.sqlite3"


def build(folder: Path, **settings: Any) -> Flask:
    return build_app(f"sqlite:///{folder / _DATABASE}", folder, example_password=PASSWORD, **settings)


def fill(folder: Path, *, now: datetime, **settings: Any) -> Flask:
    """Return a new house in `folder` with the programme and the example people, as `make run` makes it, at `now`."""
    app = build(folder, **settings)
    with app.app_context():
        make_examples(app.extensions["maloca"], now=now)
        db.session.commit()
        db.session.remove()
    return app


def close(app: Flask) -> None:
    """Let go of the database: whoever closes SQLite last leaves everything in its files, which can be copied then."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve a house on this machine; yields its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def filled_house(folder: Path) -> Iterator[Path]:
    """Yield the folder of a house that was filled on `DAY` and stands closed, to be copied."""
    with time_machine.travel(DAY, tick=True):
        close(fill(folder, now=DAY))
    yield folder


@dataclass(frozen=True, slots=True)
class OpenHouse:
    """A house that is served, for who makes its people beforehand (in `app.app_context()`) and moves its clock."""

    app: Flask
    address: str
    clock: time_machine.Coordinates

    def pass_time(self, **spent: float) -> None:
        """Let so much time go by: `days=7`, `minutes=1`."""
        self.clock.shift(timedelta(**spent))

    def token(self, person_id: UUID) -> str:
        """Return what the device of a person who has signed in carries: a password would be hashed slowly."""
        with self.app.app_context():
            token = signed_in.open_session(person_id, device="phone", now=the_clock.now())
            db.session.commit()
        return token


@contextmanager
def copied_house(filled: Path, folder: Path) -> Iterator[OpenHouse]:
    """Serve a copy of a filled house on `DAY`, its clock running. Nothing done in it is left."""
    shutil.copytree(filled, folder, dirs_exist_ok=True)
    with time_machine.travel(DAY, tick=True) as clock:
        app = build(folder)
        with served(app) as address:
            yield OpenHouse(app, address, clock)
        close(app)
