"""What recommendations hold about a person: whose hand wrote, what they follow, what they saw."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.extensions import db
from app.recommendations.models import Evidence, Follower, Recommendation, StatusLine

HOLDINGS = {
    "evidence": Holding(_l("Evidence that you brought for recommendations"), stays=True),
    "following": Holding(_l("Recommendations that you follow")),
    "noted": Holding(_l("Recommendations that you wrote down, and where you said they stand"), stays=True),
}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return what a person saw, follows, wrote down and said, oldest first."""
    return {
        "evidence": _evidence_of(person_id),
        "following": _following_of(person_id),
        "noted": [*_noted_by(person_id), *_said_by(person_id)],
    }


def _evidence_of(person_id: UUID) -> list[dict[str, Any]]:
    saw = sa.select(Evidence).where(Evidence.author_id == person_id).order_by(Evidence.added_at, Evidence.id)
    return [
        {
            "recommendation": str(row.recommendation_id),
            "words": row.words,
            "language": row.language,
            "url": row.url,
            "seen_on": row.seen_on.isoformat(),
        }
        for row in db.session.scalars(saw)
    ]


def _following_of(person_id: UUID) -> list[dict[str, Any]]:
    hand = sa.or_(Follower.person_id == person_id, Follower.added_by == person_id)
    return [
        {
            "recommendation": str(row.recommendation_id),
            "organisation": str(row.organisation_id) if row.organisation_id else None,
            "since": row.since.isoformat(),
        }
        for row in db.session.scalars(sa.select(Follower).where(hand).order_by(Follower.since, Follower.id))
    ]


def _noted_by(person_id: UUID) -> list[dict[str, Any]]:
    noted = sa.select(Recommendation).where(Recommendation.added_by == person_id).order_by(Recommendation.added_at)
    return [
        {"recommendation": str(row.id), "citation": row.citation, "at": row.added_at.isoformat()}
        for row in db.session.scalars(noted)
    ]


def _said_by(person_id: UUID) -> list[dict[str, Any]]:
    said = sa.select(StatusLine).where(StatusLine.noted_by == person_id).order_by(StatusLine.at, StatusLine.id)
    return [
        {
            "recommendation": str(row.recommendation_id),
            "status": row.status.value,
            "because": row.because,
            "at": row.at.isoformat(),
        }
        for row in db.session.scalars(said)
    ]


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Let the one person's hand be the other's; what both follow is followed once."""
    twice = sa.select(Follower.recommendation_id).where(Follower.person_id == kept_id)
    _run(sa.delete(Follower).where(Follower.person_id == gone_id, Follower.recommendation_id.in_(twice)))
    _run(sa.update(Follower).where(Follower.person_id == gone_id).values(person_id=kept_id))
    _sign(gone_id, kept_id)


def erase_person(person_id: UUID, _now: datetime) -> None:
    """Who is gone follows nothing; what they saw stays without their name."""
    _run(sa.delete(Follower).where(Follower.person_id == person_id))
    _sign(person_id, None)


def _sign(old_id: UUID, new_id: UUID | None) -> None:
    for column in (Evidence.author_id, Follower.added_by, Recommendation.added_by, StatusLine.noted_by):
        _run(sa.update(column.class_).where(column == old_id).values({column.key: new_id}))


def _run(statement: sa.Update | sa.Delete) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
