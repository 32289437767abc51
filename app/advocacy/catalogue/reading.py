"""From a file to a checked catalogue, or to the list of everything that is wrong with it. Touches no database."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.advocacy.catalogue.references import check_references
from app.advocacy.catalogue.schema import catalogue_by
from app.core.checked_files import read_file

SHIPPED = Path(__file__).with_name("catalogue.yaml")
"""The catalogue that comes with the product; each fact carries its source and how sure it is."""


def read_catalogue(path: Path, *, today: date) -> dict[str, Any]:
    """Return the catalogue of a file as plain checked values; raises `core.checked_files.FileRefused`, also where it
    says that it was written after today."""
    catalogue: dict[str, Any] = read_file(path, catalogue_by(today), check_references)
    return catalogue


@lru_cache(maxsize=1)
def shipped_catalogue() -> dict[str, Any]:
    """Return the catalogue that comes with the product; read once, to be changed by nobody."""
    return read_catalogue(SHIPPED, today=shipped_on())


@lru_cache(maxsize=1)
def shipped_on() -> date:
    """Return the day the shipped catalogue was written, without reading all of it."""
    with SHIPPED.open(encoding="utf-8") as file:
        found = next(filter(None, (re.match(r"compiled_on: *([0-9-]{10})", line) for line in file)))
    return date.fromisoformat(found[1])
