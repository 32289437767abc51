"""Who speaks to everybody of a track, and who takes such words back."""

from __future__ import annotations

from app.announcements.models import Announcement
from app.core import permissions
from app.core.actors import Actor
from app.sessions.keys import facilitators_key, track_key
from app.sessions.models import Track
from app.sessions.policy import can_lead_track


def can_announce(actor: Actor, track: Track) -> bool:
    """The facilitators of this very track, and the secretariat; nobody who writes on behalf of somebody else."""
    return actor.is_person and actor.helper_id is None and can_lead_track(actor, track)


def can_read(actor: Actor, track: Track) -> bool:
    """Whoever takes part in the track, and the secretariat."""
    return actor.is_secretariat or actor.holds(track_key(track.id))


def can_remove(actor: Actor, announcement: Announcement) -> bool:
    """Its author as long as they lead the track, the other facilitators, and the secretariat."""
    return actor.is_secretariat or actor.holds(facilitators_key(announcement.track_id))


def register() -> None:
    permissions.register("announcements.announce", can_announce, "Write to everybody of a track")
    permissions.register("announcements.read", can_read, "Read what was announced in a track")
    permissions.register("announcements.remove", can_remove, "Take an announcement back")
