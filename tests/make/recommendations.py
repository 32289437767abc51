"""Rows of recommendations for tests."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from app.advocacy.models import AdvocacySpace, Claim
from app.core.actors import NETWORK
from app.extensions import db
from app.people.models import Organisation, Person
from app.recommendations.models import (
    Evidence,
    Follower,
    Recommendation,
    RecommendationClaim,
    RecommendationGoal,
    Status,
    StatusLine,
)
from tests.conftest import START


def make_recommendation(
    space: AdvocacySpace, *, goals: tuple[int, ...] = (), claims: tuple[Claim, ...] = (), **overrides: Any
) -> Recommendation:
    """What a committee said to Argentina in English; open, followed by nobody."""
    values = {
        "citation": "The Committee recommends that the State party stop forced evictions.",
        "language": "en",
        "symbol": "CEDAW/C/ARG/CO/8",
        "issued_on": date(2026, 3, 2),
        "country": "AR",
        "status": Status.OPEN,
        "status_at": START,
        "added_at": START,
    } | overrides
    row = Recommendation(id=uuid4(), space=space, space_id=space.id, **values)
    row.goals = [RecommendationGoal(goal=goal) for goal in goals]
    row.claims = [RecommendationClaim(claim=claim) for claim in claims]
    db.session.add(row)
    db.session.flush()
    line = StatusLine(recommendation_id=row.id, status=row.status, at=row.status_at, noted_by=row.added_by)
    db.session.add(line)
    db.session.flush()
    return row


def make_follower(row: Recommendation, who: Organisation | Person, **overrides: Any) -> Follower:
    """An organisation or a person who follows a recommendation."""
    key = "organisation_id" if isinstance(who, Organisation) else "person_id"
    follower = Follower(recommendation_id=row.id, **({key: who.id, "since": START} | overrides))
    db.session.add(follower)
    db.session.flush()
    db.session.expire(row, ["followers"])
    return follower


def make_evidence(row: Recommendation, author: Person | None = None, **overrides: Any) -> Evidence:
    """What somebody saw, for the network."""
    values = {
        "audience": NETWORK,
        "words": "A new law was passed.",
        "language": "en",
        "seen_on": START.date(),
        "added_at": START,
        "author_id": author.id if author is not None else None,
    } | overrides
    evidence = Evidence(recommendation_id=row.id, **values)
    db.session.add(evidence)
    db.session.flush()
    return evidence
