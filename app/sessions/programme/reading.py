"""From a file to a checked programme, or to the list of everything that is wrong with it. Touches no database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.core.checked_files import read_file
from app.sessions.programme.references import check_references
from app.sessions.programme.schema import PROGRAMME

SHIPPED = Path(__file__).with_name("programme.yaml")
"""The programme that comes with the product; each fact carries its source and how sure it is."""


def read_programme(path: Path) -> dict[str, Any]:
    """Return the programme of a file as plain checked values; raises `FileRefused`."""
    programme: dict[str, Any] = read_file(path, PROGRAMME, check_references)
    return programme
