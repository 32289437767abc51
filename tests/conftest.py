"""What every test stands on: one real database per test process, each test in a transaction that is rolled back.

`--database sqlite` (default) or `--database postgresql`; `make test` runs the suite on both.
"""

from __future__ import annotations

import contextvars
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import Undefined
from sqlalchemy import event
from sqlalchemy.orm import close_all_sessions

from app import create_app
from app.core import catalogues, registries
from app.extensions import db
from config import Settings
from tests.postgres import Cluster

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
"""The instant at which every test begins, unless it travels."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # once, before the test processes start
        catalogues.compile_stale()
        catalogues.write_pseudo()


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    return str(request.config.getoption("--database"))


@pytest.fixture(scope="session")
def cluster(database_kind: str) -> Iterator[Cluster | None]:
    """The PostgreSQL of this test process; None on SQLite."""
    if database_kind == "sqlite":
        yield None
        return
    cluster = Cluster()
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def new_address(cluster: Cluster | None, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Return a maker of addresses of fresh, empty databases."""

    def make() -> str:
        name = f"m{uuid4().hex[:12]}"
        if cluster is None:
            return f"sqlite:///{tmp_path_factory.mktemp('db') / name}.sqlite3"
        return cluster.create_database(name)

    return make


class Unprintable(Undefined):
    """A value that a page prints and nobody gave to it. Readers get nothing, a test fails; whether it is there may be
    asked."""

    __str__ = __html__ = __iter__ = Undefined._fail_with_undefined_error


def build_app(address: str, folder: Path, **settings: Any) -> Flask:
    """Return a migrated house on the database at `address`; its mails are files, as where everybody is invented."""
    registries.register("tests", is_example=lambda: True)
    app = create_app(
        Settings(
            **{"pseudo_language": True, "testing": True} | settings,
            instance=folder,
            database_url=address,
            secret_key="k" * 40,
        )
    )
    app.jinja_env.undefined = Unprintable
    from app.core.upgrade import upgrade_database

    with app.app_context():
        upgrade_database(app)
    return app


@pytest.fixture(scope="session")
def house(new_address: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The house all rolled-back tests share."""
    app = build_app(new_address(), tmp_path_factory.mktemp("instance"))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


class ReadersClient(FlaskClient):
    """A browser: each request gets contexts of its own, so that a forgotten commit is a failing test. That holds for
    every request of a chain of redirections."""

    def run_wsgi_app(self, environ: Any, buffered: bool = False) -> Any:
        db.session.expire_all()
        answer = contextvars.Context().run(super().run_wsgi_app, environ, buffered=True)
        db.session.expire_all()
        return answer


@contextmanager
def undone_after(house: Flask) -> Iterator[Flask]:
    """Open a house inside a transaction that is undone in the end; its app context is open."""
    house.test_client_class = ReadersClient
    engine = db._app_engines[house][None]
    with engine.connect() as connection, house.app_context():
        outer = connection.begin()
        # Flask-SQLAlchemy 3.1 has no public way to lend it a connection: docs/decisions/0004
        db._app_engines[house][None] = connection
        db.session.session_factory.configure(join_transaction_mode="create_savepoint")
        try:
            yield house
        finally:
            close_all_sessions()
            db.session.remove()
            db._app_engines[house][None] = engine
            outer.rollback()


@pytest.fixture
def app(house: Flask) -> Iterator[Flask]:
    """The house inside a transaction that is undone after the test; its app context is open."""
    with undone_after(house):
        yield house


@pytest.fixture
def own_app(new_address: Callable[[], str], tmp_path: Path) -> Iterator[Flask]:
    """A house with a database of its own, where commits are real: for threads, workers and start-up."""
    app = build_app(new_address(), tmp_path / "instance")
    app.test_client_class = FlaskClient
    with app.app_context():
        db.session.session_factory.configure(join_transaction_mode="conditional_savepoint")
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser."""
    return app.test_client()


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    """The one clock, standing still at START; `clock.move_to(…)` and `clock.shift(…)` travel."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def now(clock: time_machine.Coordinates) -> datetime:
    return START


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """`with count_queries() as statements:` collects every statement sent to the database (savepoints left out)."""
    connection = db._app_engines[app][None]

    @contextmanager
    def counting() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            if "SAVEPOINT" not in statement:
                statements.append(statement)

        event.listen(connection, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(connection, "before_cursor_execute", note)

    return counting


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection to another machine fails the test; this machine's own addresses and sockets stay open."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family != socket.AF_UNIX and host not in ("127.0.0.1", "::1", "localhost"):
            pytest.fail(f"the test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
