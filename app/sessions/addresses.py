"""Where the things of this package live. Addresses are promises: mails and calendar files keep them for years."""

from __future__ import annotations

from uuid import UUID


def phase_path(slug: str) -> str:
    return f"/phases/{slug}"


def track_path(slug: str) -> str:
    return f"/tracks/{slug}"


def session_path(session_id: UUID) -> str:
    return f"/sessions/{session_id}"


def attendance_path(session_id: UUID) -> str:
    """Where those who lead mark who was there."""
    return f"{session_path(session_id)}/attendance"
