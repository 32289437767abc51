"""The catalogue file: facts about spaces, ways to take part, rules and dates, shipped with the product or brought by a
house (docs/decisions/0021).

A file is checked whole before a row is written; what it would change can be looked at first; loading it twice changes
nothing, and what people of this house stand by is changed by no file.
"""

from flask import Flask

from app.advocacy.catalogue import cli as _commands  # noqa: F401 - registers its command
from app.advocacy.catalogue.differences import Difference, Differences
from app.advocacy.catalogue.loading import LoadReport, compare_catalogue, load_catalogue
from app.advocacy.catalogue.reading import SHIPPED, read_catalogue, shipped_catalogue
from app.core.loading import load

__all__ = [
    "SHIPPED",
    "Difference",
    "Differences",
    "LoadReport",
    "compare_catalogue",
    "init_app",
    "load_catalogue",
    "read_catalogue",
    "shipped_catalogue",
]


def init_app(app: Flask) -> None:
    app.cli.add_command(load)
