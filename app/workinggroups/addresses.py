"""Where groups live. Addresses are promises: mails keep them for years."""

from __future__ import annotations

from uuid import UUID


def group_path(slug: str) -> str:
    return f"/groups/{slug}"


def invitation_path(slug: str, organisation_id: UUID | None = None) -> str:
    """Where an invitation into a group is answered; for an organisation by who speaks for it."""
    path = f"{group_path(slug)}/invitation"
    return path if organisation_id is None else f"{path}/{organisation_id}"
