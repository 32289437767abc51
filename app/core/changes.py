"""Whether anybody wrote to the database since one looked: asked cheaply, so that what was read need not be read again.

A yes may be wrong (another worker's mail became `sent`), a no never is. SQLite counts for each connection what others
committed (`data_version`) and what it wrote itself (`total_changes`, for connections are lent to one thread after the
other). PostgreSQL tells by a snapshot which transactions had ended: those that ended since and wrote have numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from app.extensions import db

TOO_MANY = 10_000
"""So many transactions are not looked at one by one: somebody wrote."""

_NUMBERS = "SELECT pg_current_snapshot()::text, {}::text"
_READ = sa.text(_NUMBERS.format("pg_current_xact_id_if_assigned()"))
_WRITE = sa.text(_NUMBERS.format("pg_current_xact_id()"))


class Watch:
    """One's last look at the database. What is written within `own_writing` is no change; whatever else is written,
    by this process too, is one."""

    def __init__(self) -> None:
        self._line: Any = None
        self._here: Any = None
        self._version = self._written = 0
        self._seen = ""
        self._own: set[int] = set()
        self._is_old = True

    def begin(self) -> None:
        """Look: what is read after this, in this transaction, stands until `has_changed`."""
        self._is_old = False
        if db.engine.dialect.name == "postgresql":
            self._seen, number = db.session.execute(_READ).one()
            self._own = {int(number)} if number else set()
        else:
            self._line, self._version, self._written = _sqlite_counts()

    @contextmanager
    def own_writing(self) -> Iterator[bool]:
        """Give whether others wrote since. Around all that a transaction writes; its caller commits it afterwards."""
        self._is_old = self._has_changed() or self._is_old
        yield self._is_old
        # only of this transaction's line: whoever asks another waits for the thread that has it, with the write lock
        if self._here is not None and self._here is self._line:
            self._written = self._line.total_changes

    def _has_changed(self) -> bool:
        if db.engine.dialect.name == "postgresql":
            seen, number = db.session.execute(_WRITE).one()
            self._own.add(int(number))
            return not self._seen or _ended_since(self._seen, seen) - self._own != set()
        self._here, version, written = _sqlite_counts()
        return (self._here, version, written) != (self._line, self._version, self._written)


def _sqlite_counts() -> tuple[Any, int, int]:
    """Return the connection, the commits of others that it knows of, and the rows that it wrote itself."""
    line = db.session.connection().connection.driver_connection
    assert line is not None  # noqa: S101 - it was just used
    return line, int(line.execute("PRAGMA data_version").fetchone()[0]), int(line.total_changes)


def _ended_since(before: str, after: str) -> set[int]:
    """Return the numbers of the transactions that wrote and ended between two snapshots (`xmin:xmax:running,…`)."""
    (_low, high, running), (_lowest, now_high, still) = _read(before), _read(after)
    if now_high - high > TOO_MANY:
        return {0}
    return (running | set(range(high, now_high))) - still


def _read(snapshot: str) -> tuple[int, int, set[int]]:
    low, high, running = snapshot.split(":")
    return int(low), int(high), {int(number) for number in running.split(",") if number}
