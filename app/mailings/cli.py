"""`flask mails presume-sent`: what an engineer says once, after a backup was brought back."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup

from app.core import clock, heartbeat
from app.core.restoring import presume_sent
from app.extensions import db

group = AppGroup("mails", help="Mails that wait.")


@group.command("presume-sent")
@click.option("--until", required=True, help="When the house went down, as 2026-11-23T09:40 (UTC) or with its offset.")
def presume_sent_command(until: str) -> None:
    """After a backup was restored, before a worker runs: what was due until then is not sent again."""
    now, went_down = clock.now(), _instant(until)
    if went_down > now:
        raise click.BadParameter("this is still to come", param_hint="--until")
    if not heartbeat.pulse(now).is_missed(now):
        raise click.ClickException(
            "A worker was seen within the last minutes: stop it, wait five minutes, say this again."
        )
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # behind the proxy
    presumed = presume_sent(app, went_down)
    db.session.commit()
    click.echo(f"Presumed sent: {presumed}. They stand in the log of mails, where each can be sent again.")


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter("write it as 2026-11-23T09:40", param_hint="--until") from error
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
