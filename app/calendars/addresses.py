"""Where calendars of others live. Addresses are promises."""

from __future__ import annotations

from uuid import UUID

from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup


def calendar_path(feed_id: UUID) -> str:
    return f"/calendars/{feed_id}"


def owner_path(owner: WorkingGroup | Organisation) -> str:
    """The page of the group or of the organisation."""
    return f"/groups/{owner.slug}" if isinstance(owner, WorkingGroup) else f"/organisations/{owner.id}"


def calendars_path(owner: WorkingGroup | Organisation) -> str:
    return f"{owner_path(owner)}/calendars"
