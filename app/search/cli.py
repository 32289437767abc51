"""`flask search rebuild`: write the whole index anew. People find what was there meanwhile; twice is once."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.core import clock
from app.extensions import db
from app.search import jobs, services

group = AppGroup("search", help="The index of the search.")


@group.command("rebuild")
def rebuild() -> None:
    """Write the index of the search anew."""
    services.begin_anew()
    db.session.commit()
    click.echo(f"Read anew: {jobs.fill(clock.now())} things.")
