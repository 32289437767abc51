"""Quotes: words of one text in another, shown as long as the reader may read the text they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.extensions import db
from app.originals.passages import occurs
from app.originals.queries import current_versions, shown
from app.reflections.models import Quote, Reflection
from app.reflections.queries.reading import for_lists


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quote and the text it comes from; None where its words are not to be shown: the text was withdrawn, withheld
    or erased, is for other readers, or its author took these words out. Which of these is nobody's business."""

    quote: Quote
    quoted: Reflection | None


def quotes_of(actor: Actor, reflections: Sequence[Reflection]) -> dict[UUID, list[ShownQuote]]:
    """Return the quotes in many reflections as the actor may read them, in a fixed number of queries."""
    wanted = [reflection.id for reflection in reflections]
    quotes = db.session.scalars(
        sa.select(Quote).where(Quote.reflection_id.in_(wanted)).order_by(Quote.reflection_id, Quote.position)
    ).all()
    if not quotes:
        return {}
    sources = for_lists(sa.select(Reflection).where(shown(actor), Reflection.id.in_({q.quoted_id for q in quotes})))
    quoted = {row.id: row for row in db.session.scalars(sources).unique()}
    versions = current_versions(list(quoted.values()))
    found: dict[UUID, list[ShownQuote]] = {}
    for quote in quotes:
        source = quoted.get(quote.quoted_id)
        is_there = source is not None and occurs(quote.words, versions[source.id].body)
        found.setdefault(quote.reflection_id, []).append(ShownQuote(quote, source if is_there else None))
    return found
