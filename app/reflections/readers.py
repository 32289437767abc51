"""Who may read a reflection: the three choices its author has, and the audience key each stands for."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from app.core.actors import NETWORK, PUBLIC
from app.sessions.keys import track_key


class Readers(StrEnum):
    """The author's choice; the order is the one of the page, the safest first."""

    TRACK = "track"
    NETWORK = "network"
    PUBLIC = "public"


def audience_of(readers: Readers, track_id: UUID) -> str:
    """Return the audience key of a choice for a reflection of this track."""
    return {Readers.TRACK: track_key(track_id), Readers.NETWORK: NETWORK, Readers.PUBLIC: PUBLIC}[readers]


def readers_of(audience: str) -> Readers:
    """Return the choice that a stored audience stands for."""
    return {NETWORK: Readers.NETWORK, PUBLIC: Readers.PUBLIC}.get(audience, Readers.TRACK)


def is_wider(readers: Readers, than: Readers) -> bool:
    """Whether more people read with the one choice than with the other."""
    order = list(Readers)
    return order.index(readers) > order.index(than)
