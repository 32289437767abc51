"""What groups undertake towards a space: the plan, who leads and co-signs, the groups it belongs to."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.advocacy.models import AdvocacySpace, Claim, Occurrence, ParticipationMode, Step
from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup

ENGAGEMENT = "engagement"
"""The kind of its keys, cards, audit lines and found documents."""


class EngagementState(StrEnum):
    """Watching only; planned; in the making; handed in or spoken; ended with what came of it; given up."""

    WATCHING = "watching"
    PLANNED = "planned"
    IN_THE_MAKING = "in_the_making"
    SUBMITTED = "submitted"
    CLOSED = "closed"
    GIVEN_UP = "given_up"


UNDER_WAY = (EngagementState.PLANNED, EngagementState.IN_THE_MAKING)
"""Something is still to be handed in; texts are written and signed."""


class Result(StrEnum):
    """What came of it."""

    TAKEN_UP = "taken_up"
    PARTLY = "partly"
    NOT_TAKEN_UP = "not_taken_up"
    NO_ANSWER = "no_answer"


class Engagement(Model):
    """What one or several groups do towards a space.

    `audience` is its own key, `engagement:<id>`, or `network` once its people let the network read it; it is never
    confidential: confidential cases are a capability of their own. `step_id` is the deadline it works towards.
    `title` and `aim` are in `language`. `version` grows with each change of the plan, so that two who edit hear of each
    other. `proof` says how it was handed in, in words; files stand on its shelf.
    """

    __tablename__ = "engagement"
    __table_args__ = (
        sa.Index("ix_engagement_space", "space_id", "state"),
        sa.CheckConstraint("(state = 'watching') = is_watch_only OR state IN ('closed', 'given_up')", name="watching"),
        sa.CheckConstraint("state <> 'submitted' OR submitted_on IS NOT NULL", name="submitted_when"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    space_id: Mapped[UUID] = mapped_column(sa.ForeignKey("advocacy_space.id"))
    occurrence_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("occurrence.id"), index=True)
    mode_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("participation_mode.id"), index=True)
    step_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("occurrence_step.id"), index=True)
    audience: Mapped[str] = mapped_column(sa.String(80), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    aim: Mapped[str] = mapped_column(sa.Text, default="")
    language: Mapped[str] = mapped_column(sa.String(20))
    state: Mapped[EngagementState] = mapped_column(code_type(EngagementState, "state"))
    is_watch_only: Mapped[bool] = mapped_column(default=False)
    is_gender_integrated: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)

    submitted_on: Mapped[date | None]
    submitted_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    proof: Mapped[str] = mapped_column(sa.String(1000), default="")
    result: Mapped[Result | None] = mapped_column(code_type(Result, "result"))
    result_on: Mapped[date | None]
    result_words: Mapped[str] = mapped_column(sa.Text, default="")
    result_language: Mapped[str] = mapped_column(sa.String(20), default="")
    follow_up: Mapped[str] = mapped_column(sa.Text, default="")
    follow_up_language: Mapped[str] = mapped_column(sa.String(20), default="")
    given_up_because: Mapped[str] = mapped_column(sa.String(1000), default="")
    is_example: Mapped[bool] = mapped_column(default=False)

    space: Mapped[AdvocacySpace] = relationship(lazy="joined")
    occurrence: Mapped[Occurrence | None] = relationship(lazy="selectin")
    mode: Mapped[ParticipationMode | None] = relationship(lazy="selectin")
    step: Mapped[Step | None] = relationship(lazy="selectin")
    groups: Mapped[list[WorkingGroup]] = relationship(
        secondary="engagement_group", order_by="WorkingGroup.slug", lazy="selectin"
    )
    signatories: Mapped[list[Signatory]] = relationship(
        order_by=lambda: (Signatory.is_lead.desc(), Signatory.added_at, Signatory.id),
        lazy="selectin",
        cascade="all, delete-orphan",
    )
    goals: Mapped[list[EngagementGoal]] = relationship(
        order_by="EngagementGoal.goal", lazy="selectin", cascade="all, delete-orphan"
    )
    claims: Mapped[list[EngagementClaim]] = relationship(
        order_by="EngagementClaim.claim", lazy="selectin", cascade="all, delete-orphan"
    )

    @property
    def slug(self) -> str:
        """What stands in the address of its pages."""
        return str(self.id)

    @property
    def lead(self) -> Signatory | None:
        return next((one for one in self.signatories if one.is_lead), None)


class EngagementGroup(Model):
    """A group an engagement belongs to; at least one."""

    __tablename__ = "engagement_group"

    engagement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("engagement.id", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("working_group.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class EngagementGoal(Model):
    __tablename__ = "engagement_goal"
    __table_args__ = (sa.CheckConstraint("goal BETWEEN 1 AND 17", name="goal"),)

    engagement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("engagement.id", ondelete="CASCADE"), primary_key=True)
    goal: Mapped[int] = mapped_column(primary_key=True)


class EngagementClaim(Model):
    __tablename__ = "engagement_claim"

    engagement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("engagement.id", ondelete="CASCADE"), primary_key=True)
    claim: Mapped[Claim] = mapped_column(code_type(Claim, "claim"), primary_key=True)


class SignatoryState(StrEnum):
    """Asked to join, has agreed to join, has declined. Signing the text is another act: see `SignOff`."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"


class Signatory(Model):
    """An organisation that leads or co-signs an engagement, once each; one of them leads."""

    __tablename__ = "engagement_signatory"
    __table_args__ = (
        sa.UniqueConstraint("engagement_id", "organisation_id", name="uq_engagement_signatory"),
        sa.Index(
            "uq_engagement_signatory_lead",
            "engagement_id",
            unique=True,
            postgresql_where=sa.text("is_lead"),
            sqlite_where=sa.text("is_lead"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    engagement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("engagement.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    is_lead: Mapped[bool] = mapped_column(default=False)
    state: Mapped[SignatoryState] = mapped_column(code_type(SignatoryState, "state"))
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    added_by: Mapped[UUID | None]
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_by: Mapped[UUID | None]

    engagement: Mapped[Engagement] = relationship(back_populates="signatories")
    organisation: Mapped[Organisation] = relationship(lazy="joined")
