"""`flask demo`: example people and example tracks in a house that has nobody yet."""

from __future__ import annotations

import click
from flask import current_app

from app.core import clock
from app.examples import letters
from app.examples.making import ExampleSummary, make_examples
from app.extensions import db


def furnish() -> ExampleSummary:
    """Make the examples in an empty house and commit: what `flask demo` and `make run` both do. Where mails become
    files, some are there to be read."""
    settings, now = current_app.extensions["maloca"], clock.now()
    with_mails = not settings.mail_url or settings.mail_url.startswith("file:")
    summary = make_examples(settings, now=now, with_mails=with_mails)
    db.session.commit()
    if summary.is_made and with_mails:
        letters.deliver(now)
    return summary


@click.command("demo")
def make_example_house() -> None:
    """Make example people, two example tracks with their season and generated attendance, where nobody is yet."""
    summary = furnish()
    if summary.is_made:
        click.echo(f"Made {summary.persons} example people and two example tracks, open to join.")
    else:
        click.echo(f"This house has {summary.persons} persons already: nothing was made.")
    if summary.emails:
        click.echo(f"Example people, password {summary.password}")
    for email in summary.emails:
        click.echo(f"  {email}")
