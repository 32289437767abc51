"""A house of today, kept for the upgrades to come: some rows of every table, with all that they point at.

    .venv/bin/python -m tests.make.old_house

writes `tests/data/house_<revision>.json` of the newest migration: the example house in which the jobs have run once,
with what examples do not have (choices about mails, a private calendar link, a mail on its way). Done once for each
landed revision (`tests/architecture/test_upgrades.py`); a file that stands is not written again.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.agenda import services as agenda
from app.agenda.models import Reach
from app.core import clock, jobs, outbox, schema
from app.core.acts.models import SpentAct
from app.core.notices import tell
from app.core.outbox.suppressing import suppress
from app.core.registries import actor_at
from app.core.upgrade import upgrade_database
from app.examples import make_examples
from app.extensions import db
from app.mailings import services as mailings
from app.mailings.models import Pace
from app.people.models import Account
from config import Settings

DATA = Path(__file__).resolve().parents[1] / "data"
MOST_ROWS = 12
"""Of each table, beside those that others point at."""

LEFT_OUT = ("alembic_version", "fts_", "search_", "sqlite_")

Row = dict[str, Any]


class Pointer(NamedTuple):
    """A column of a table that holds the key of another one."""

    child: str
    column: str
    parent: str
    key: str


def make_old_house() -> Path:
    """Write the file of the newest revision and return where it stands."""
    with TemporaryDirectory() as folder:
        app = create_app(Settings(instance=Path(folder), secret_key="k" * 40, testing=True, example_password="x" * 12))
        with app.app_context():
            upgrade_database(app)
            path = DATA / f"house_{schema._script().get_current_head()}.json"
            if path.exists():
                raise SystemExit(f"{path.name} stands already")
            live(app)
            rows = some_rows()
            db.session.remove()
            db.engine.dispose()
    path.write_text("{\n" + ",\n".join(_lines(name, found) for name, found in sorted(rows.items())) + "\n}\n")
    return path


def _lines(table: str, rows: list[Row]) -> str:
    """One row a line, so that a change of the file can be read."""
    each = ",\n".join(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
    return f"{json.dumps(table)}: [\n{each}\n]"


def live(app: Flask) -> None:
    """Furnish the house, let its jobs run, and leave mails in several states."""
    now = clock.now()
    make_examples(app.extensions["maloca"], now=now)
    db.session.commit()
    reader = db.session.scalars(sa.select(Account).where(Account.email_norm == "member@example.org")).unique().one()
    actor, person = actor_at(reader.person_id, now), reader.person
    chosen = mailings.Choices(
        pace=Pace.DAILY, hour=7, weekday=0, quiet_from=21, quiet_until=7, topics=frozenset({"sessions"})
    )
    mailings.choose(actor, person, chosen, now=now)
    agenda.make_link(actor, name="Phone", reach=Reach.MINE, secret="of the old house", now=now)
    nonce = person.id
    db.session.add(SpentAct(nonce=nonce, person_id=person.id, kind="sessions.coming", choice="yes", at=now))
    suppress("gone@example.org", "550 5.1.1 No such mailbox", now=now)
    tell(person.id, "people.erasure_noted", "old", {}, now=now)
    db.session.commit()
    jobs.run_all(app)
    tell(person.id, "people.erasure_noted", "older", {}, now=now + timedelta(days=1))
    outbox.address_notices(now + timedelta(days=1))
    db.session.commit()


def some_rows() -> dict[str, list[Row]]:
    """Return rows of every table as the database keeps them, in the order they were written; the index of words apart,
    which is made anew."""
    tables = sa.MetaData()
    with db.engine.connect() as connection:
        tables.reflect(connection)
        kept = [table for table in tables.sorted_tables if not table.name.startswith(LEFT_OUT)]
        every = {table.name: _rows_of(connection, table.name) for table in kept}
    picked = {name: set(range(min(len(rows), MOST_ROWS))) for name, rows in every.items()}
    pointers = [
        Pointer(table.name, element.parent.name, element.column.table.name, element.column.name)
        for table in kept
        for constraint in table.foreign_key_constraints
        for element in constraint.elements
    ]
    is_closed = False
    while not is_closed:  # parents have parents
        is_closed = sum(_take_parents(every, picked, pointer) for pointer in pointers) == 0
    return {name: [rows[place] for place in sorted(picked[name])] for name, rows in every.items() if rows}


def _rows_of(connection: sa.Connection, table: str) -> list[Row]:
    found = connection.exec_driver_sql(f'SELECT * FROM "{table}" ORDER BY rowid').mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def _plain(value: Any) -> Any:
    return value.decode() if isinstance(value, bytes) else value


def _take_parents(every: dict[str, list[Row]], picked: dict[str, set[int]], pointer: Pointer) -> int:
    """Take along the rows that picked ones point at; returns how many more these are."""
    wanted = {every[pointer.child][place][pointer.column] for place in picked[pointer.child]} - {None}
    places = {place for place, row in enumerate(every[pointer.parent]) if row[pointer.key] in wanted}
    more = places - picked[pointer.parent]
    picked[pointer.parent] |= more
    return len(more)


if __name__ == "__main__":
    sys.stdout.write(f"{make_old_house()}\n")
