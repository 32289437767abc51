"""Where events live. Addresses are promises."""

from __future__ import annotations

from uuid import UUID


def event_path(event_id: UUID) -> str:
    return f"/events/{event_id}"
