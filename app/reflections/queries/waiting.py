"""What waits for those who look after tracks, over all their tracks at once."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import lazyload, selectinload, undefer

from app.core.actors import Actor
from app.extensions import db
from app.originals.models import Translation
from app.originals.queries import shown
from app.reflections.models import AbuseReport, Reflection, Withholding
from app.reflections.queries.reading import led_by, openable
from app.sessions.models import Track

APPEALS_READ = 50
"""So many appeals are looked at, the longest waiting first; policy then says which of them this actor answers."""


def list_appeals(actor: Actor) -> list[Withholding]:
    """Return the appeals that wait in tracks the actor leads, the longest first, each with its reflection."""
    looked_after = sa.select(Reflection.id).where(led_by(actor), openable(actor))
    return list(
        db.session.scalars(
            sa.select(Withholding)
            .options(
                undefer(Withholding.has_other_secretary),
                selectinload(Withholding.reflection).options(
                    lazyload(Reflection.versions), lazyload(Reflection.translations), lazyload(Reflection.track)
                ),
            )
            .where(
                Withholding.reflection_id.in_(looked_after),
                Withholding.appealed_at.is_not(None),
                Withholding.appeal_answered_at.is_(None),
                Withholding.lifted_at.is_(None),
            )
            .order_by(Withholding.appealed_at, Withholding.id)
            .limit(APPEALS_READ)
        )
    )


def count_reported(actor: Actor) -> list[tuple[UUID, str, int]]:
    """Return (track, slug, number of texts with undecided reports) of tracks the actor leads, most first. Reports about
    one's own text are for the others."""
    undecided = sa.exists().where(AbuseReport.reflection_id == Reflection.id, AbuseReport.decided_at.is_(None))
    number = sa.func.count(Reflection.id)
    rows = db.session.execute(
        sa.select(Track.id, Track.slug, number)
        .join(Reflection, Reflection.track_id == Track.id)
        .where(
            led_by(actor),
            openable(actor),
            undecided,
            Reflection.withdrawn_at.is_(None),
            Reflection.author_id.is_distinct_from(actor.person_id),
        )
        .group_by(Track.id, Track.slug)
        .order_by(number.desc(), Track.slug)
    )
    return [(track_id, slug, count) for track_id, slug, count in rows]


def count_stale(actor: Actor) -> int:
    """Return how many translations in tracks the actor leads were made of words that have changed since."""
    left_behind = (
        sa.select(sa.func.count(Translation.id))
        .join(Reflection, Reflection.id == Translation.original_id)
        .where(led_by(actor), shown(actor), Translation.of_version < Reflection.version)
    )
    return db.session.scalar(left_behind) or 0
