"""Rooms that material fills on the pages of tracks and sessions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.core import slots
from app.core.actors import Actor
from app.materials.pages import room
from app.materials.queries import list_materials, list_of_session
from app.sessions.models import LearningSession, Track

NOTHING_IN_SESSION = _l("Nothing to read for this session yet.")


def of_track(actor: Actor, *, track: Track) -> Markup:
    """What belongs to the track as a whole, and the way to all the rest; nothing where nothing lies."""
    found = list_materials(actor, track)
    own = [material for material in found if material.session_id is None]
    return room(actor, track, own, of_sessions=len(found) - len(own))


def of_session(actor: Actor, *, session: LearningSession) -> Markup:
    """What belongs to one session."""
    found = list_of_session(actor, session.id)
    return room(actor, session.track, found, session_id=session.id, nothing=NOTHING_IN_SESSION)


def fill() -> None:
    slots.fill("sessions.track", "materials", of_track, order=30)
    slots.fill("sessions.session", "materials", of_session, order=30)
