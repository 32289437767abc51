"""Where groups live. Addresses are promises: mails keep them for years."""

from __future__ import annotations

from flask import current_app


def group_path(slug: str) -> str:
    return f"/groups/{slug}"


def absolute(path: str) -> str:
    """Return the address for people outside: in mails."""
    return f"{current_app.extensions['maloca'].address}{path}"
