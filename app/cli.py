"""The command line of the house: `flask …`. Commands are edges: they ask the clock, open the transaction and commit."""

from __future__ import annotations

import click
from flask import Flask, current_app

from app.core import worker


@click.command("worker")
def run_worker() -> None:
    """Do what is due: mails now, reminders later. Runs until stopped."""
    worker.serve(current_app._get_current_object())  # type: ignore[attr-defined]


def init_app(app: Flask) -> None:
    app.cli.add_command(run_worker)
