"""What was seen of a recommendation, as far as the actor may read it; and where it stood when."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.errors import NotFound
from app.extensions import db
from app.recommendations.models import Evidence, Recommendation, StatusLine


def visible_evidence(actor: Actor) -> sa.ColumnElement[bool]:
    """The filter for evidence that the actor reads: that of the network, of their engagements, their own."""
    return visible_to(actor, Evidence.audience, Evidence.author_id)


def list_evidence(actor: Actor, recommendation: Recommendation) -> list[Evidence]:
    """Return what was seen, the newest first."""
    wanted = sa.select(Evidence).where(Evidence.recommendation_id == recommendation.id, visible_evidence(actor))
    return list(db.session.scalars(wanted.order_by(Evidence.seen_on.desc(), Evidence.added_at.desc(), Evidence.id)))


def count_evidence(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many pieces of evidence the actor reads, by recommendation; those without any are missing."""
    counted = (
        sa.select(Evidence.recommendation_id, sa.func.count())
        .where(Evidence.recommendation_id.in_(list(ids)), visible_evidence(actor))
        .group_by(Evidence.recommendation_id)
    )
    return {row_id: int(count) for row_id, count in db.session.execute(counted)}


def get_evidence(actor: Actor, recommendation: Recommendation, evidence_id: UUID) -> Evidence:
    """Return a piece of evidence the actor reads; raises `NotFound`."""
    row = db.session.scalar(
        sa.select(Evidence).where(
            Evidence.id == evidence_id, Evidence.recommendation_id == recommendation.id, visible_evidence(actor)
        )
    )
    if row is None:
        raise NotFound
    return row


def list_history(recommendation: Recommendation) -> list[StatusLine]:
    """Return where it stood when, the newest first."""
    wanted = sa.select(StatusLine).where(StatusLine.recommendation_id == recommendation.id)
    return list(db.session.scalars(wanted.order_by(StatusLine.at.desc(), StatusLine.id)))
