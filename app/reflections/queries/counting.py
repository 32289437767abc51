"""Counting reflections: how many were ever written, how many the reader may read, in which languages and tracks."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.extensions import db
from app.originals.queries import readable, shown
from app.reflections.models import Reflection
from app.sessions.models import Track


def count_written(*, track_id: UUID | None = None, session_id: UUID | None = None) -> int:
    """Return how many reflections were ever written, those counted that the reader may not see: R-01 says that counts
    stay when a text is withdrawn or erased. A deliberate second door: it tells a number and nothing else."""
    counting = sa.select(sa.func.count()).select_from(Reflection)
    if track_id is not None:
        counting = counting.where(Reflection.track_id == track_id)
    if session_id is not None:
        counting = counting.where(Reflection.session_id == session_id)
    return db.session.scalar(counting) or 0


def count_seen(actor: Actor, *, track_id: UUID | None = None, session_id: UUID | None = None) -> tuple[int, int]:
    """Return how many reflections the actor may read there, and in how many languages."""
    counting = sa.select(sa.func.count(), sa.func.count(Reflection.language.distinct())).where(shown(actor))
    if track_id is not None:
        counting = counting.where(Reflection.track_id == track_id)
    if session_id is not None:
        counting = counting.where(Reflection.session_id == session_id)
    count, languages = db.session.execute(counting).one()
    return count, languages


def languages_seen(actor: Actor) -> list[str]:
    """Return the languages in which there is something for the actor to read."""
    return sorted(db.session.scalars(sa.select(Reflection.language).where(readable(actor)).distinct()))


def tracks_seen(actor: Actor) -> list[tuple[UUID, str]]:
    """Return identifier and slug of the visible tracks in which there is something for the actor to read."""
    rows = db.session.execute(
        sa.select(Track.id, Track.slug)
        .where(
            visible_to(actor, Track.audience),
            Track.id.in_(sa.select(Reflection.track_id).where(readable(actor))),
        )
        .order_by(Track.position, Track.slug)
    )
    return [(track_id, slug) for track_id, slug in rows]
