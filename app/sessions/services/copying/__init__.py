"""Copies of sessions, tracks and phases: whoever copies chooses the pieces, and some are never copied.

Never, whatever is chosen: attendance, members, applications, reflections, announcements. Packages above copy their own
rows when they hear of a copy (`events.session_copied`, `events.track_copied`).
"""

from app.sessions.services.copying.phases import copy_phase
from app.sessions.services.copying.pieces import PHASE_PIECES, SESSION_PIECES, TRACK_PIECES, Piece
from app.sessions.services.copying.sessions import copy_session
from app.sessions.services.copying.tracks import copy_track, first_day_of

__all__ = [
    "PHASE_PIECES",
    "SESSION_PIECES",
    "TRACK_PIECES",
    "Piece",
    "copy_phase",
    "copy_session",
    "copy_track",
    "first_day_of",
]
