"""What other packages print of a recommendation they do not know: its first words, its address, where it stands."""

from __future__ import annotations

from uuid import UUID

from app.core.actors import Actor
from app.core.registries import Card
from app.recommendations.addresses import recommendation_path
from app.recommendations.queries import list_by_ids

GLIMPSE = 140


def glimpse(words: str, longest: int = GLIMPSE) -> str:
    """Return the beginning of a citation, on one line, cut after a word."""
    line = " ".join(words.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"


def describe_recommendations(ids: list[UUID], _actor: Actor) -> dict[UUID, Card]:
    """Recommendations, which everybody reads; the state is the code of their status."""
    return {
        row.id: Card(glimpse(row.citation), recommendation_path(row.id), row.language, row.status.value)
        for row in list_by_ids(ids)
    }
