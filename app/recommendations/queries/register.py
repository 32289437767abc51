"""The register: recommendations by addressee, space, goal, claim, status and who follows them. Everybody reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.advocacy.models import AdvocacySpace, Claim, Occurrence
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Page, each_page, fetch_page
from app.engagements.models import Engagement
from app.engagements.queries import is_readable
from app.extensions import db
from app.moments.models import Moment
from app.people.keys import mandated_for
from app.recommendations.models import (
    Evidence,
    Follower,
    Recommendation,
    RecommendationClaim,
    RecommendationGoal,
    Status,
)

YEAR = timedelta(days=365)
"""After so long somebody should look again."""

A_PAGE = 30
"""Recommendations on a page of the register: a citation is long, and a page is light."""

MOST_OCCURRENCES = 60
"""Occurrences of a space in a list to choose from, the latest ones."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the register is narrowed down to; what is None or False does not narrow it.

    `space_ids`: of these spaces; `followed_by`: by this organisation or this person; `not_looked_since`: nobody said
    since then where it stands, and it is not carried out; `unseen_since`: nor brought evidence.
    """

    country: str = ""
    space_ids: frozenset[UUID] | None = None
    occurrence_id: UUID | None = None
    engagement_id: UUID | None = None
    goal: int | None = None
    claim: Claim | None = None
    status: Status | None = None
    by_nobody: bool = False
    followed_by: frozenset[UUID] | None = None
    not_looked_since: datetime | None = None
    unseen_since: datetime | None = None


def get_recommendation(recommendation_id: UUID) -> Recommendation:
    """Return a recommendation; raises `NotFound`."""
    row = db.session.get(Recommendation, recommendation_id)
    if row is None:
        raise NotFound
    return row


def list_by_ids(ids: Iterable[UUID]) -> list[Recommendation]:
    return list(db.session.scalars(sa.select(Recommendation).where(Recommendation.id.in_(list(ids)))))


def _narrowed(wanted: Wanted) -> sa.Select[Recommendation]:
    statement = sa.select(Recommendation)
    for column, value in (
        (Recommendation.country, wanted.country or None),
        (Recommendation.occurrence_id, wanted.occurrence_id),
        (Recommendation.engagement_id, wanted.engagement_id),
        (Recommendation.status, wanted.status),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if wanted.space_ids is not None:
        statement = statement.where(Recommendation.space_id.in_(wanted.space_ids))
    if wanted.goal is not None:
        about = sa.select(RecommendationGoal.recommendation_id).where(RecommendationGoal.goal == wanted.goal)
        statement = statement.where(Recommendation.id.in_(about))
    if wanted.claim is not None:
        claiming = sa.select(RecommendationClaim.recommendation_id).where(RecommendationClaim.claim == wanted.claim)
        statement = statement.where(Recommendation.id.in_(claiming))
    return _by_care(statement, wanted)


def _by_care(statement: sa.Select[Recommendation], wanted: Wanted) -> sa.Select[Recommendation]:
    """Narrow a list down by who follows, and by when somebody looked last."""
    if wanted.by_nobody:
        statement = statement.where(Recommendation.id.not_in(sa.select(Follower.recommendation_id)))
    if wanted.followed_by is not None:
        theirs = sa.or_(
            Follower.organisation_id.in_(wanted.followed_by),
            Follower.person_id.in_(wanted.followed_by),
        )
        statement = statement.where(Recommendation.id.in_(sa.select(Follower.recommendation_id).where(theirs)))
    if wanted.not_looked_since is not None:
        statement = statement.where(_not_looked_at(wanted.not_looked_since))
    if wanted.unseen_since is not None:
        statement = statement.where(_unseen(wanted.unseen_since))
    return statement


def _not_looked_at(since: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(Recommendation.status != Status.CARRIED_OUT, Recommendation.status_at < since)


def _unseen(since: datetime) -> sa.ColumnElement[bool]:
    seen = sa.select(Evidence.recommendation_id).where(Evidence.added_at >= since)
    return sa.and_(
        Recommendation.status != Status.CARRIED_OUT,
        Recommendation.added_at < since,
        Recommendation.id.not_in(seen),
    )


def page_of_recommendations(wanted: Wanted, *, cursor: str = "", size: int = A_PAGE) -> Page[Recommendation]:
    """Return one page of the register, what was issued last first."""
    day = sa.func.coalesce(sa.cast(Recommendation.issued_on, sa.String), "")  # a cast alone is taken for its column
    return fetch_page(_narrowed(wanted), key=day, row_id=Recommendation.id, cursor=cursor, newest_first=True, size=size)


def all_recommendations(wanted: Wanted) -> list[Recommendation]:
    """Return every recommendation of the register, in the order of its pages."""
    return [row for rows in each_page(lambda cursor: page_of_recommendations(wanted, cursor=cursor)) for row in rows]


def newest_of(wanted: Wanted, limit: int) -> tuple[list[Recommendation], int]:
    """Return the recommendations issued last, and how many there are."""
    narrowed = _narrowed(wanted)
    count = db.session.scalar(sa.select(sa.func.count()).select_from(narrowed.order_by(None).subquery())) or 0
    rows = db.session.scalars(narrowed.order_by(Recommendation.issued_on.desc(), Recommendation.id.desc()).limit(limit))
    return (list(rows) if count else []), count


def list_countries() -> list[str]:
    """Return the States that something was recommended to."""
    return [code for code in db.session.scalars(sa.select(Recommendation.country).distinct()) if code]


def list_spaces_named() -> list[AdvocacySpace]:
    """Return the spaces from which there are recommendations, and those above them."""
    spaces = {row.id: row for row in db.session.scalars(sa.select(AdvocacySpace))}
    found: dict[UUID, AdvocacySpace] = {}
    for space_id in db.session.scalars(sa.select(Recommendation.space_id).distinct()):
        row: AdvocacySpace | None = spaces[space_id]
        while row is not None and row.id not in found:
            found[row.id] = row
            row = spaces.get(row.parent_id) if row.parent_id else None
    return sorted(found.values(), key=lambda row: (row.acronym, row.slug))


def list_occurrences(space_id: UUID, now: datetime) -> list[Occurrence]:
    """Return the occurrences of a space that have begun, the latest first."""
    return list(
        db.session.scalars(
            sa.select(Occurrence)
            .join(Moment, Moment.id == Occurrence.moment_id)
            .where(Occurrence.space_id == space_id, Moment.starts_at <= now)
            .order_by(Moment.starts_at.desc(), Occurrence.id)
            .limit(MOST_OCCURRENCES)
        )
    )


def list_engagements(actor: Actor, space_id: UUID) -> list[Engagement]:
    """Return the engagements towards a space that the actor reads, the newest first."""
    return list(
        db.session.scalars(
            sa.select(Engagement)
            .where(Engagement.space_id == space_id, is_readable(actor))
            .order_by(Engagement.made_at.desc(), Engagement.id)
            .limit(MOST_OCCURRENCES)
        )
    )


def followers_named(actor: Actor, rows: Iterable[Recommendation]) -> set[UUID]:
    """Return the organisations that follow recommendations and may be named to this reader: everybody reads the
    register, so those outside the directory are named to whoever speaks for them, and to the secretariat."""
    following = [one.organisation for row in rows for one in row.followers if one.organisation is not None]
    own = mandated_for(actor)
    return {one.id for one in following if one.is_listed or actor.is_secretariat or one.id in own}


def count_to_look_at(now: datetime) -> int:
    """Return of how many nobody has said for a year where they stand."""
    wanted = sa.select(sa.func.count()).select_from(Recommendation).where(_not_looked_at(now - YEAR))
    return db.session.scalar(wanted) or 0


def count_without_evidence(organisation_ids: Iterable[UUID], now: datetime) -> dict[UUID, int]:
    """Return how many recommendations organisations follow, for a year at least, of which nothing was seen since."""
    counted = (
        sa.select(Follower.organisation_id, sa.func.count())
        .join(Recommendation, Recommendation.id == Follower.recommendation_id)
        .where(Follower.organisation_id.in_(list(organisation_ids)), Follower.since < now - YEAR, _unseen(now - YEAR))
        .group_by(Follower.organisation_id)
    )
    return {row_id: int(count) for row_id, count in db.session.execute(counted) if row_id is not None}
