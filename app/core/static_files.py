"""Files that come with the house: their addresses carry the hash of their bytes, so that browsers keep them a year."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import current_app, url_for


def static_path(name: str) -> Path:
    return Path(current_app.static_folder or "") / name


@lru_cache(maxsize=64)
def _hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def static_url(name: str) -> str:
    """Return the address of a static file: it changes with its bytes."""
    return url_for("static", filename=name, v=_hash_of(static_path(name)))
