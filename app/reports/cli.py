"""`flask reports participation`: the same report as the page's, into a file."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import force_locale

from app.core import actors, clock
from app.core.errors import NotFound
from app.extensions import db
from app.reports import queries, services
from app.reports.formats import WRITERS
from app.reports.summary import summarise

group = AppGroup("reports", help="Figures of the house.")

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@group.command("participation")
@click.option("--phase", default="", help="Slug of a phase.")
@click.option("--track", default="", help="Slug of a track.")
@click.option("--session", default="", help="Identifier of a session.")
@click.option("--from", "from_on", type=_DAY, help="First day, as 2022-02-05.")
@click.option("--to", "to_on", type=_DAY, help="Last day, as 2022-02-26.")
@click.option("--format", "kind", type=click.Choice(sorted(WRITERS)), default="csv", show_default=True)
@click.option("--language", default="en", show_default=True, help="Language of the labels.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="File; without it, standard output.")
def participation(
    *,
    phase: str,
    track: str,
    session: str,
    from_on: datetime | None,
    to_on: datetime | None,
    kind: str,
    language: str,
    output: Path | None,
) -> None:
    """Write the participation report; without a filter, of the whole house."""
    actor, now = actors.job("reports participation"), clock.now()
    try:
        scope = queries.find_scope(actor, phase=phase, track=track, session=session)
    except NotFound:
        raise click.ClickException("There is no phase, track or session of this name.") from None
    scope = scope.between(_day(from_on), _day(to_on))
    with force_locale(language):
        report = summarise(actor, scope, language=language, now=now)
        body = WRITERS[kind](report)
    services.record_export(actor, report, kind=kind, now=now)
    if output is None:
        sys.stdout.buffer.write(body)
    else:
        write_whole(output, body)
    db.session.commit()


def _day(value: datetime | None) -> date | None:
    return value.date() if value is not None else None


def write_whole(path: Path, body: bytes) -> None:
    """Write a file so that its readers find the old one or the whole new one, never half of it."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise click.ClickException(f"Cannot write {path}: {error.strerror}.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
