"""Bringing the database to the revision of this code: one at a time, after a copy, refusing newer databases.

Many processes may start at once: an advisory lock (PostgreSQL) or a file lock (SQLite) lets one upgrade and the
others wait. WAL is set here, once. On SQLite the file is copied before an upgrade that changes something: that copy
is the way back.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from flask import Flask

from app.core import clock, schema
from app.core.database import only_reading, sqlite_module
from app.core.errors import MalocaError
from app.extensions import db

ADVISORY_LOCK = 7_230_061


class DatabaseIsNewer(MalocaError):
    """The database was upgraded by a newer version of the house."""


def upgrade_database(app: Flask) -> None:
    """Upgrade to the head revision. Raises `DatabaseIsNewer`; leaves an up-to-date database alone."""
    with app.app_context(), _one_at_a_time():
        with only_reading(), db.engine.connect() as connection:
            state = schema.compare(connection)
        if state is schema.SchemaState.NEWER:
            raise DatabaseIsNewer
        if state is schema.SchemaState.CURRENT:
            return
        if db.engine.dialect.name == "sqlite":
            _prepare_file(Path(str(db.engine.url.database)), copy=state is schema.SchemaState.OLD)
        config = Config()
        config.set_main_option("script_location", str(schema.MIGRATIONS))
        command.upgrade(config, "head")


def _prepare_file(path: Path, *, copy: bool) -> None:
    connection: sqlite3.Connection = sqlite_module().connect(str(path))
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        if copy:
            stamp = f"{clock.now():%Y%m%dT%H%M%SZ}"
            with sqlite_module().connect(str(path.with_name(f"{path.name}.before-{stamp}"))) as target:
                connection.backup(target)
            target.close()
    finally:
        connection.close()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as connection:
            connection.execute(sa.text("SELECT pg_advisory_lock(:n)"), {"n": ADVISORY_LOCK})
            try:
                yield
            finally:
                connection.execute(sa.text("SELECT pg_advisory_unlock(:n)"), {"n": ADVISORY_LOCK})
        return
    path = Path(str(db.engine.url.database))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.upgrade-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
