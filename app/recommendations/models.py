"""Tables of recommendations: what a body said to a State, where it stands, who follows it, what was seen of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.advocacy.models import AdvocacySpace, Claim, Occurrence
from app.core.types import UTCDateTime, code_type
from app.engagements.models import Engagement
from app.extensions import Model
from app.people.models import Organisation, Person

RECOMMENDATION = "recommendation"
"""The kind of its cards, audit lines and found documents."""


class Status(StrEnum):
    """Where a recommendation stands, as those see it who follow it."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    CARRIED_OUT = "carried_out"
    PARTLY = "partly"
    NOT_CARRIED_OUT = "not_carried_out"
    GONE_BACK_ON = "gone_back_on"


class Recommendation(Model):
    """What a body recommended, in its own words and one language of its own; everybody reads it.

    It is found again by a link or by symbol and paragraph of its document. It is addressed to a State, to somebody said
    in words, or to both. `engagement_id`: what it grew out of, shown to those who read that engagement. `status` is the
    newest row of its history, `status_at` when somebody last looked; `version` grows with each change of the rest, so
    that two who edit hear of each other.
    """

    __tablename__ = "recommendation"
    __table_args__ = (
        sa.Index("ix_recommendation_space", "space_id", "issued_on"),
        sa.Index("ix_recommendation_status", "status", "status_at"),
        sa.CheckConstraint("url <> '' OR symbol <> ''", name="source"),
        sa.CheckConstraint("country IS NOT NULL OR addressee <> ''", name="addressed"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    space_id: Mapped[UUID] = mapped_column(sa.ForeignKey("advocacy_space.id"))
    occurrence_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("occurrence.id", ondelete="SET NULL"), index=True)
    engagement_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("engagement.id", ondelete="SET NULL"), index=True)
    citation: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(20))
    symbol: Mapped[str] = mapped_column(sa.String(120), default="")
    paragraph: Mapped[str] = mapped_column(sa.String(60), default="")
    url: Mapped[str] = mapped_column(sa.String(500), default="")
    issued_on: Mapped[date]
    country: Mapped[str | None] = mapped_column(sa.String(2), index=True)
    addressee: Mapped[str] = mapped_column(sa.String(200), default="")
    is_gender_integrated: Mapped[bool] = mapped_column(default=False)
    status: Mapped[Status] = mapped_column(code_type(Status, "status"), default=Status.OPEN)
    status_at: Mapped[datetime] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(default=1)
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    added_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    is_example: Mapped[bool] = mapped_column(default=False)

    space: Mapped[AdvocacySpace] = relationship(lazy="joined")
    occurrence: Mapped[Occurrence | None] = relationship(lazy="selectin")
    engagement: Mapped[Engagement | None] = relationship()
    goals: Mapped[list[RecommendationGoal]] = relationship(
        order_by="RecommendationGoal.goal", lazy="selectin", cascade="all, delete-orphan"
    )
    claims: Mapped[list[RecommendationClaim]] = relationship(
        order_by="RecommendationClaim.claim", lazy="selectin", cascade="all, delete-orphan"
    )
    followers: Mapped[list[Follower]] = relationship(
        order_by=lambda: (Follower.since, Follower.id), lazy="selectin", cascade="all, delete-orphan"
    )


class RecommendationGoal(Model):
    """A Sustainable Development Goal, 1 to 17, that a recommendation is about."""

    __tablename__ = "recommendation_goal"
    __table_args__ = (sa.CheckConstraint("goal BETWEEN 1 AND 17", name="goal"),)

    recommendation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("recommendation.id", ondelete="CASCADE"), primary_key=True
    )
    goal: Mapped[int] = mapped_column(primary_key=True, index=True)


class RecommendationClaim(Model):
    """A claim of ours that a recommendation takes up."""

    __tablename__ = "recommendation_claim"

    recommendation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("recommendation.id", ondelete="CASCADE"), primary_key=True
    )
    claim: Mapped[Claim] = mapped_column(code_type(Claim, "claim"), primary_key=True, index=True)


class StatusLine(Model):
    """Somebody looked where a recommendation stands, and said why; the same again is a look as well."""

    __tablename__ = "recommendation_status"
    __table_args__ = (sa.Index("ix_recommendation_status_at", "recommendation_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    recommendation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("recommendation.id", ondelete="CASCADE"))
    status: Mapped[Status] = mapped_column(code_type(Status, "status"))
    because: Mapped[str] = mapped_column(sa.String(500), default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    noted_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)


class Follower(Model):
    """An organisation or a person keeps an eye on what becomes of a recommendation, each once."""

    __tablename__ = "recommendation_follower"
    __table_args__ = (
        sa.CheckConstraint("(organisation_id IS NULL) <> (person_id IS NULL)", name="one"),
        sa.UniqueConstraint("recommendation_id", "organisation_id", name="uq_recommendation_follower_organisation"),
        sa.UniqueConstraint("recommendation_id", "person_id", name="uq_recommendation_follower_person"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    recommendation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("recommendation.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    since: Mapped[datetime] = mapped_column(UTCDateTime)
    added_by: Mapped[UUID | None]

    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
    person: Mapped[Person | None] = relationship()


class Evidence(Model):
    """What somebody saw on a day of what became of a recommendation, in their words, with a link where there is one.
    `audience` is the network, or those inside the engagement it grew out of."""

    __tablename__ = "recommendation_evidence"
    __table_args__ = (sa.Index("ix_recommendation_evidence_seen", "recommendation_id", "seen_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    recommendation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("recommendation.id", ondelete="CASCADE"))
    audience: Mapped[str] = mapped_column(sa.String(80), index=True)
    words: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(20))
    url: Mapped[str] = mapped_column(sa.String(500), default="")
    seen_on: Mapped[date]
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    author_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)

    recommendation: Mapped[Recommendation] = relationship()
