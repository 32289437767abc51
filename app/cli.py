"""The command line of the whole house: `flask worker` and `flask db upgrade`; packages add their own commands.

Commands are edges: they ask the clock, open the transaction and commit. What goes wrong in an expected way is one
line on standard error and a non-zero exit.
"""

from __future__ import annotations

import click
import sqlalchemy as sa
from flask import Flask, current_app
from sqlalchemy.exc import OperationalError

from app.core import schema, worker
from app.core.upgrade import DatabaseIsNewer, upgrade_database
from app.extensions import db

UNREACHABLE = "The database cannot be reached at {address}. Check DATABASE_URL and that the server is running."
NEWER = "The database belongs to a newer version of Maloca than this code. Update the code, or restore an older copy."
OLD = "The database belongs to an older version of Maloca than this code. Run `flask db upgrade` first."


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined, no-any-return]  # behind the proxy


def shown_address(address: str) -> str:
    """Return a database address without its password."""
    return sa.make_url(address).render_as_string(hide_password=True)


@click.command("worker")
def run_worker() -> None:
    """Do what is due until stopped. Any number of workers may run."""
    try:
        with db.engine.connect() as connection:
            state = schema.compare(connection)
    except OperationalError:
        raise click.ClickException(UNREACHABLE.format(address=shown_address(str(db.engine.url)))) from None
    if state is not schema.SchemaState.CURRENT:
        raise click.ClickException(NEWER if state is schema.SchemaState.NEWER else OLD)
    if code := worker.serve(_app()):
        raise click.exceptions.Exit(code)


@click.command("upgrade")
def upgrade() -> None:
    """Bring the database to the revision of this code, after a copy of a SQLite file."""
    try:
        upgrade_database(_app())
    except DatabaseIsNewer:
        raise click.ClickException(NEWER) from None
    except OperationalError:
        raise click.ClickException(UNREACHABLE.format(address=shown_address(str(db.engine.url)))) from None
    click.echo("The database is up to date.")


def init_app(app: Flask) -> None:
    app.cli.add_command(run_worker)
    group = app.cli.commands["db"]
    assert isinstance(group, click.Group)  # noqa: S101 - Flask-Migrate registered it a moment ago
    group.add_command(upgrade)
