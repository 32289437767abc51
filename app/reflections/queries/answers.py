"""Answers: reflections that answer one, one level deep."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.extensions import db
from app.originals.queries import readable, shown
from app.reflections.models import Reflection
from app.reflections.queries.reading import for_lists
from app.reflections.readers import Readers, readers_of

MOST_SHOWN = 200
"""So many answers stand beneath one text; the list of reflections has them all."""


def list_answers(actor: Actor, reflection: Reflection) -> Sequence[Reflection]:
    """Return the answers to a reflection that the actor may read, in the order they were written."""
    statement = for_lists(sa.select(Reflection).where(readable(actor), Reflection.answers_id == reflection.id))
    in_order = statement.order_by(Reflection.written_at, Reflection.id).limit(MOST_SHOWN)
    return db.session.scalars(in_order).unique().all()


def count_answers(actor: Actor, reflections: Sequence[Reflection]) -> dict[UUID, int]:
    """Return how many answers to each of many reflections the actor may read, in one query; none is missing."""
    wanted = [reflection.id for reflection in reflections]
    if not wanted:
        return {}
    rows = db.session.execute(
        sa.select(Reflection.answers_id, sa.func.count())
        .where(shown(actor), Reflection.answers_id.in_(wanted))
        .group_by(Reflection.answers_id)
    )
    return {answered: int(count) for answered, count in rows if answered is not None}


def widest_readers(answered: Reflection | None) -> Readers:
    """Return the most readers an answer may have: those of the text it answers, as long as that is there."""
    if answered is None or answered.erased_at is not None:
        return Readers.PUBLIC
    return readers_of(answered.audience)
