"""What other packages print of an announcement they do not know: what it is about, and where it is read."""

from __future__ import annotations

from uuid import UUID

from app.announcements.emails import path_of
from app.announcements.queries import list_readable
from app.core.actors import Actor
from app.core.registries import Card


def describe_announcements(ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Announcements the actor may read."""
    return {row.id: Card(row.subject, path_of(row), row.language) for row in list_readable(actor, ids)}
