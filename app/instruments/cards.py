"""What other packages print of an instrument they do not know: its title, its address, whether it was withdrawn."""

from __future__ import annotations

from uuid import UUID

from app.core.actors import Actor
from app.core.context import page_language
from app.core.registries import Card
from app.instruments.addresses import instrument_path
from app.instruments.queries import choose, list_readable, newest_texts


def describe_instruments(ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Instruments the actor reads; state `withdrawn` or none."""
    rows, texts = list_readable(actor, ids), newest_texts(ids)
    return {
        row.id: Card(text.title, instrument_path(row.id), text.language, "withdrawn" if row.is_withdrawn else "")
        for row in rows
        if (text := choose(texts[row.id], page_language())) is not None
    }
