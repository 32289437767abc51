"""Who lays out material on the shelf of a track: those who lead it. Who reads it is said by its
audience and its track's."""

from __future__ import annotations

from app.core import permissions
from app.core.actors import Actor
from app.materials.models import TrackMaterial
from app.sessions.models import Track
from app.sessions.policy import can_lead_track


def can_add(actor: Actor, track: Track) -> bool:
    """The facilitators of this very track, and the secretariat."""
    return can_lead_track(actor, track)


def can_edit(actor: Actor, material: TrackMaterial) -> bool:
    """The same for what lies there already, whoever added it."""
    return can_lead_track(actor, material.track)


def register() -> None:
    permissions.register("materials.add", can_add, "Add links and files to a track or to one of its sessions")
    permissions.register("materials.edit", can_edit, "Edit, reorder and remove material of a track")
