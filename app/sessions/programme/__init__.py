"""The programme file: facts of a network's co-learning programme, shipped with the product or brought by a house.

A file is checked whole before a row is written, and loading it twice changes nothing. Packages above load their own
sections of it: see `sections`.
"""

from flask import Flask

from app.core.loading import load
from app.sessions.programme import cli as _commands  # noqa: F401 - registers its command
from app.sessions.programme.loading import load_programme
from app.sessions.programme.reading import SHIPPED, read_programme
from app.sessions.programme.sections import LoadReport

__all__ = ["SHIPPED", "LoadReport", "init_app", "load_programme", "read_programme"]


def init_app(app: Flask) -> None:
    app.cli.add_command(load)
