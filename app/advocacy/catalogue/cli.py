"""`flask load advocacy [FILE] [--show]`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from app.advocacy.catalogue.differences import Difference, Differences
from app.advocacy.catalogue.loading import CircleOfParents, LoadReport, compare_catalogue, load_catalogue
from app.advocacy.catalogue.reading import SHIPPED, read_catalogue
from app.core import actors, clock
from app.core.checked_files import FileRefused
from app.core.errors import RuleBroken
from app.core.loading import load
from app.extensions import db
from app.moments.timing import FIRST_ON_EARTH


@load.command("advocacy")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), default=SHIPPED, required=False)
@click.option("--show", is_flag=True, help="Say what would change, and change nothing.")
def advocacy(file: Path, *, show: bool) -> None:
    """Load spaces, ways to take part, rules and dates from FILE; without it, the catalogue that comes with Maloca."""
    try:
        now = clock.now()
        catalogue = read_catalogue(file, today=now.astimezone(FIRST_ON_EARTH).date())
        if show:
            lines = shown(compare_catalogue(catalogue))
        else:
            lines = said(load_catalogue(actors.job("load advocacy"), catalogue, now=now))
            db.session.commit()
    except FileRefused as refused:
        refusal = "\n".join(refused.lines)
        raise click.ClickException(f"nothing was loaded.\n{refusal}") from None
    except CircleOfParents as circle:
        raise click.ClickException(f"nothing was loaded.\n{file}:{circle.line}: {circle.message}") from None
    except RuleBroken as broken:
        raise click.ClickException(f"nothing was loaded. {broken.message}") from None
    for line in lines:
        click.echo(line)


def shown(differences: Differences) -> list[str]:
    """Return what a load would do, in lines."""
    lines = [f"+ {_name(row)}" for row in differences.added]
    lines += [f"~ {_name(row)}: {change}" for row in differences.changed for change in _changes(row)]
    return [*(lines or ["Nothing to change."]), *_left(differences)]


def said(report: LoadReport) -> list[str]:
    """Return what a load did, in lines."""
    lines = []
    if report.made:
        lines.append(f"Made: {_counted(report.made)}.")
    if report.changed:
        lines.append(f"Changed: {_counted(report.changed)}.")
    if report.checked_again:
        lines.append(f"Checked again with the file: {report.checked_again}.")
    return [*(lines or ["Nothing to change."]), *_left(report.differences)]


def _left(differences: Differences) -> Iterator[str]:
    for row in differences.kept:
        changes = list(_changes(row)) or ["not in this house"]
        yield from (f"= {_name(row)}, kept as people of this house said it: {change}" for change in changes)
    yield from (f"- {_name(row)}, no longer in the file, stays" for row in differences.gone)


def _name(row: Difference) -> str:
    return f"{row.path[0]} {'/'.join(part for part in row.path[1:] if part)}"


def _changes(row: Difference) -> Iterator[str]:
    for column, (old, new) in row.changes.items():
        yield f"{column} {_plain(old)} → {_plain(new)}"


def _plain(value: Any) -> str:
    return "nothing" if value in ("", None, [], {}) else str(value)


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in counts.items())
