"""Where the pages of a chantier live. Addresses are promises: mails keep them for years."""

from __future__ import annotations

from uuid import UUID

from flask import current_app


def group_path(slug: str) -> str:
    return f"/groups/{slug}"


def carriers_path(slug: str) -> str:
    return f"/groups/{slug}/carriers"


def request_path(slug: str, request_id: UUID) -> str:
    return f"/groups/{slug}/carriers/requests/{request_id}"


def letter_path(slug: str, edition: int) -> str:
    return f"/groups/{slug}/letter/{edition}"


def absolute(path: str) -> str:
    """Return the address for people outside: in mails."""
    return f"{current_app.extensions['maloca'].address}{path}"
