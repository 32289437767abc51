"""Where recommendations live. Addresses are promises."""

from __future__ import annotations

from uuid import UUID

REGISTER = "/advocacy/recommendations/"


def recommendation_path(recommendation_id: UUID, part: str = "") -> str:
    """The page of a recommendation; with a part, the room on it."""
    return f"{REGISTER}{recommendation_id}" + (f"#{part}" if part else "")
