"""Where the pages of a chantier live. Addresses are promises: mails keep them for years."""

from __future__ import annotations

from uuid import UUID


def carriers_path(slug: str) -> str:
    return f"/groups/{slug}/carriers"


def request_path(slug: str, request_id: UUID) -> str:
    return f"/groups/{slug}/carriers/requests/{request_id}"


def letter_path(slug: str, edition: int) -> str:
    return f"/groups/{slug}/letter/{edition}"
