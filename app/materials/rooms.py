"""Rooms that material fills on the pages of tracks and sessions."""

from __future__ import annotations

from markupsafe import Markup

from app.core import slots
from app.core.actors import Actor
from app.core.permissions import can
from app.core.slots import rendered
from app.materials.queries import list_materials, list_of_session
from app.materials.showing import lines_of
from app.sessions.models import LearningSession, Track


def of_track(actor: Actor, *, track: Track) -> Markup:
    """What belongs to the track as a whole, and the way to all the rest; nothing where nothing lies."""
    found = list_materials(actor, track.id)
    if not found and not can(actor, "materials.add", track):
        return Markup("")
    own = [material for material in found if material.session_id is None]
    return rendered(
        "materials/room.html", track=track, session=None, lines=lines_of(own), of_sessions=len(found) - len(own)
    )


def of_session(actor: Actor, *, session: LearningSession) -> Markup:
    """What belongs to one session."""
    found = list_of_session(actor, session.id)
    if not found and not can(actor, "materials.add", session.track):
        return Markup("")
    return rendered("materials/room.html", track=session.track, session=session, lines=lines_of(found), of_sessions=0)


def fill() -> None:
    slots.fill("sessions.track", "materials", of_track, order=30)
    slots.fill("sessions.session", "materials", of_session, order=30)
