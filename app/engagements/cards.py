"""What other packages print of an engagement they do not know: its title, its state."""

from __future__ import annotations

from uuid import UUID

from app.core.actors import Actor
from app.core.registries import Card
from app.engagements.addresses import engagement_path
from app.engagements.queries import list_by_id


def describe_engagements(ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Engagements the actor reads."""
    return {
        one.id: Card(one.title, engagement_path(one.id), one.language, one.state.value)
        for one in list_by_id(actor, ids)
    }
