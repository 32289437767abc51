"""What other packages print of an event they do not know: its title, its address, its language."""

from __future__ import annotations

from uuid import UUID

from app.core.actors import Actor
from app.core.registries import Card
from app.events.addresses import event_path
from app.events.queries import list_visible


def describe_events(ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Events the actor reads; of one that came with several calendars only the first (R-30)."""
    return {row.id: Card(row.title, event_path(row.id), row.language) for row in list_visible(actor, ids)}
