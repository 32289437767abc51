"""Who may read material: the two choices, and the audience key each stands for."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from app.core.actors import PUBLIC
from app.sessions.keys import track_key


class Readers(StrEnum):
    """The safest first, as on the page."""

    TRACK = "track"
    PUBLIC = "public"


def audience_of(readers: Readers, track_id: UUID) -> str:
    return PUBLIC if readers is Readers.PUBLIC else track_key(track_id)


def readers_of(audience: str) -> Readers:
    return Readers.PUBLIC if audience == PUBLIC else Readers.TRACK
