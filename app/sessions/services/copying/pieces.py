"""What can be chosen when something is copied."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Piece(StrEnum):
    """One piece of a copy. The codes go out with the events, so they stay."""

    TEXTS = "texts"
    REGIONS = "regions"
    TRACKS = "tracks"
    INTAKE = "intake"  # places, approval, and who may join
    QUESTIONS = "questions"
    FACILITATORS = "facilitators"
    SESSIONS = "sessions"
    AGENDAS = "agendas"
    LANGUAGES = "languages"
    MATERIALS = "materials"
    JOIN_LINKS = "join_links"


SESSION_PIECES = (Piece.AGENDAS, Piece.LANGUAGES, Piece.MATERIALS, Piece.JOIN_LINKS)

TRACK_PIECES = (Piece.TEXTS, Piece.INTAKE, Piece.QUESTIONS, Piece.FACILITATORS, Piece.SESSIONS, *SESSION_PIECES)

PHASE_PIECES = (Piece.REGIONS, Piece.TEXTS, Piece.TRACKS, *(piece for piece in TRACK_PIECES if piece != Piece.TEXTS))


def kept(chosen: Collection[str], pieces: Collection[Piece]) -> frozenset[str]:
    """Return the codes among those chosen that this kind of copy knows."""
    return frozenset(piece.value for piece in pieces if piece.value in chosen)
