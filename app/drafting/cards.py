"""What other packages print of texts and comments they do not know: title, address, state."""

from __future__ import annotations

from uuid import UUID

from app.core.actors import Actor
from app.core.registries import Card
from app.drafting.addresses import comment_path, text_path
from app.drafting.queries import list_readable_comments, list_readable_texts
from app.originals.showing import shown_name


def describe_texts(ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Texts of groups the actor is inside of."""
    return {
        text.id: Card(text.title, text_path(text), text.language, text.state.value)
        for text in list_readable_texts(actor, ids)
    }


def describe_comments(ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Comments the actor reads, under the name of who wrote them."""
    return {
        row.id: Card(shown_name(row), comment_path(row), row.language, "withdrawn" if row.withdrawn_at else "")
        for row in list_readable_comments(actor, ids)
    }
