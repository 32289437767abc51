"""What other packages print of material they do not know: its title, and its place in the list of its shelf, where what
it is and how heavy is told before anybody pays for it."""

from __future__ import annotations

from uuid import UUID

from app.core.actors import Actor
from app.core.registries import Card
from app.materials.queries import list_visible
from app.materials.showing import href_of


def describe_materials(ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Material the actor sees."""
    return {row.id: Card(row.title, href_of(row), row.language) for row in list_visible(actor, ids)}
