"""`flask moments …`: what the command line does with times."""

from __future__ import annotations

from datetime import datetime

import click
from flask.cli import AppGroup

from app.core import clock
from app.core.actors import job
from app.extensions import db
from app.moments import words
from app.moments.local import in_zone
from app.moments.zone_data import Moved, recompute, zone_data_version

moments_cli = AppGroup("moments", help="Times of the house.")


@moments_cli.command("recompute")
@click.option("--dry-run", is_flag=True, help="List what would move, change nothing.")
def recompute_command(dry_run: bool) -> None:
    """After an update of zone data: recompute the moments that are not over and list those that moved."""
    moved = recompute(job("moments.recompute"), now=clock.now(), apply=not dry_run)
    db.session.commit()
    for one in moved:
        click.echo(line(one))
    verb = "would move" if dry_run else "moved"
    count = {0: "No moment", 1: "1 moment"}.get(len(moved), f"{len(moved)} moments")
    click.echo(f"{count} {verb} with zone data {zone_data_version()}.")


def line(moved: Moved) -> str:
    """Return one moved moment in words: its wall clock, and the old and the new instant in UTC."""
    sentence = (
        f"{moved.subject_kind} {moved.subject_id}: {words.day(moved.wall, 'en')} {words.hour(moved.wall)} "
        f"in {words.place(moved.zone, 'en')} was {_utc(moved.old_starts_at)}, is now {_utc(moved.starts_at)}"
    )
    if not moved.hour_exists:
        sentence += " (this hour is skipped there now: choose another one)"
    return sentence


def _utc(instant: datetime) -> str:
    return f"{in_zone(instant, None):%Y-%m-%d %H:%M} UTC"
