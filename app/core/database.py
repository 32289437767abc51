"""Engine options and connection habits for the two databases.

SQLite (`docs/decisions/0003-two-databases.md`): BEGIN is ours, `BEGIN IMMEDIATE` for whatever may write, plain `BEGIN`
for requests that only read; foreign keys on. WAL is set once, by the upgrade command, never per connection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import ModuleType
from typing import Any, cast

import sqlalchemy as sa
import structlog
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import InstrumentedAttribute

from app.extensions import db

SAFE_SQLITE = (3, 51, 3)
"""First SQLite without the WAL-reset corruption bug."""

_reading: ContextVar[bool] = ContextVar("reading", default=False)


def sqlite_module() -> ModuleType:
    """Return the newest SQLite driver at hand: the bundled one where it exists, else the standard library's."""
    try:
        from pysqlite3 import dbapi2

        return dbapi2  # type: ignore[no-any-return]  # the driver has no types
    except ImportError:
        if sqlite3.sqlite_version_info < SAFE_SQLITE:
            structlog.get_logger().warning("sqlite.old", version=sqlite3.sqlite_version, wanted="3.51.3")
        return sqlite3


def engine_options(address: str) -> dict[str, Any]:
    """Return the options of `create_engine` for one database address."""
    if address.startswith("sqlite"):
        return {"module": sqlite_module(), "connect_args": {"timeout": 10}}
    return {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}


def prepare_engine(engine: sa.Engine) -> None:
    """Hang the SQLite habits on one engine; nothing to do on PostgreSQL."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, else savepoints are ignored
        for pragma in ("foreign_keys=ON", "busy_timeout=10000", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")


@contextmanager
def only_reading() -> Iterator[None]:
    """Within this block new transactions take no write lock (SQLite); a write inside it would fail at commit time."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def start_reading(reads: bool) -> object:
    """Begin a request that only reads, or one that may write; give the result to `stop_reading`."""
    return _reading.set(reads)


def stop_reading(token: Any) -> None:
    _reading.reset(token)


@contextmanager
def writing_briefly() -> Iterator[None]:
    """Within a reading request: one short write transaction of its own, for the named exceptions to "GET does not
    write". What was read before is let go first, so that SQLite takes its write lock at the beginning; committed at
    the end of the block."""
    db.session.rollback()
    token = _reading.set(False)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _reading.reset(token)


@contextmanager
def undone_afterwards() -> Iterator[None]:
    """Within, rows may be written to look at what comes of them, and nothing of it stays. In a reading request what was
    read before is let go, as in `writing_briefly`; from the beginning to the end of the block nobody else writes
    (SQLite), so little belongs in it, and whoever is in it waits for the write lock with nothing else in hand."""
    is_reading = _reading.get()
    if is_reading:
        db.session.rollback()
    token, savepoint = _reading.set(False), db.session.begin_nested()
    try:
        db.session.connection()
        yield
    finally:
        if savepoint.is_active:
            savepoint.rollback()
        _reading.reset(token)
        if is_reading:
            db.session.rollback()


def only_read_from_here() -> None:
    """Let go of the write lock of a request that changed its mind; what it still reads takes none."""
    db.session.rollback()
    _reading.set(True)


def has_key(column: sa.ColumnElement[str] | InstrumentedAttribute[str], keys: frozenset[str]) -> sa.ColumnElement[bool]:
    """Return `column IN keys` with all keys bound as one value, so that a thousand keys cost what ten cost."""
    ordered = sorted(keys)
    if db.engine.dialect.name == "postgresql":
        return column == sa.any_(sa.bindparam(None, ordered, type_=sa.ARRAY(sa.Text), unique=True))
    listed = sa.func.json_each(sa.bindparam(None, ordered, type_=sa.JSON, unique=True)).table_valued("value")
    return column.in_(sa.select(listed.c.value))


def change_rows(statement: sa.Update | sa.Delete) -> int:
    """Run an UPDATE or DELETE and return how many rows it changed: the way to stop a race ("exactly one row")."""
    result = db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
    return int(cast("sa.CursorResult[Any]", result).rowcount)


def insert_for(table: type[Any]) -> Any:
    """Return an INSERT that knows ON CONFLICT: both dialects do, each in its own class."""
    if db.engine.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as postgresql_insert

        return postgresql_insert(table)
    from sqlalchemy.dialects.sqlite import insert as sqlite_insert

    return sqlite_insert(table)


def take_turns(name: str) -> None:
    """Wait for other transactions that take this turn; hold it until this one ends. For a look before a write that no
    constraint can guard. On SQLite whoever writes is alone already."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(name))))


def init_app(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
