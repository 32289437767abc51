"""What several forms of engagements share: one thing of a list."""

from __future__ import annotations

from typing import Any
from uuid import UUID


def uuid_or_none(value: Any) -> UUID | None:
    """Coerce the value of a choice; anything that is no UUID counts as not chosen."""
    if isinstance(value, UUID):
        return value
    try:
        return UUID(str(value))
    except ValueError:
        return None
