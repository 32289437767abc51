"""Where spaces and their dates live. Addresses are promises: mails keep them for years."""

from __future__ import annotations

from uuid import UUID

RECHECK = "/advocacy/recheck"
CATALOGUE = "/advocacy/catalogue"


def space_path(slug: str) -> str:
    return f"/advocacy/spaces/{slug}"


def occurrence_path(occurrence_id: UUID) -> str:
    return f"/advocacy/occurrences/{occurrence_id}"


def step_path(occurrence_id: UUID, step_id: UUID) -> str:
    """A step stands on the page of its occurrence."""
    return f"{occurrence_path(occurrence_id)}#step-{step_id}"
