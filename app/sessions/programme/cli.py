"""`flask load programme [FILE]`. Further packages add their own commands to the group `load`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from app.core import actors, clock
from app.core.checked_files import FileRefused
from app.core.loading import load
from app.extensions import db
from app.sessions.programme.loading import load_programme
from app.sessions.programme.reading import SHIPPED, read_programme
from app.sessions.programme.sections import LoadReport


@load.command("programme")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), default=SHIPPED, required=False)
def programme(file: Path) -> None:
    """Load regions, organisations, phases, tracks and groups from FILE; without it, those that come with Maloca."""
    try:
        checked = read_programme(file)
    except FileRefused as refused:
        lines = "\n".join(refused.lines)
        raise click.ClickException(f"nothing was loaded.\n{lines}") from None
    report = load_programme(actors.job("load programme"), checked, now=clock.now())
    db.session.commit()
    for line in said(report):
        click.echo(line)


def said(report: LoadReport) -> list[str]:
    """Return what a load did, in lines."""
    lines = []
    if report.is_empty:
        lines.append("Nothing to change.")
    if report.made:
        lines.append(f"Made: {_counted(report.made)}.")
    if report.changed:
        lines.append(f"Changed: {_counted(report.changed)}.")
    if report.left_out:
        lines.append(f"Left out because unsure: {', '.join(report.left_out)}.")
    if report.waiting:
        lines.append(f"Checked, waiting for later versions: {', '.join(report.waiting)}.")
    return lines


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{number} {section}" for section, number in counts.items())
