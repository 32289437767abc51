"""Dated instances of spaces, what they review, and the steps that lead up to them and follow."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.advocacy.models.catalogue import Fact
from app.advocacy.models.spaces import (
    DEADLINES,
    AdvocacySpace,
    OccurrenceKind,
    ParticipationMode,
    StepCode,
    StepRule,
)
from app.core.types import Facts, JSONFacts, UTCDateTime, code_type
from app.extensions import Model
from app.moments.models import Moment, Status

OCCURRENCE = "occurrence"
STEP = "step"
"""Kinds of moments, cards and audit lines."""


class Occurrence(Fact, Model):
    """A session, a conference, a call: one dated instance of a space. Its moment holds the date, however precise, its
    zone, its status and modality; the number stays when the date moves (R-10).

    `label` is what it is called where kind and number do not say it ("WUF13 Baku"), by language, like `themes`. What it
    reviews is its own (R-07): where no goal is known, those of its space stand for it. `certainty` is that of the
    occurrence itself; that of its date stands on its moment.
    """

    __tablename__ = "occurrence"
    __table_args__ = (
        sa.Index("ix_occurrence_space", "space_id", "kind"),
        sa.Index(
            "uq_occurrence_number",
            "space_id",
            "kind",
            "number",
            unique=True,
            postgresql_where=sa.text("number IS NOT NULL"),
            sqlite_where=sa.text("number IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    code: Mapped[str | None] = mapped_column(sa.String(80), unique=True)
    space_id: Mapped[UUID] = mapped_column(sa.ForeignKey("advocacy_space.id", ondelete="CASCADE"))
    kind: Mapped[OccurrenceKind] = mapped_column(code_type(OccurrenceKind, "kind"))
    number: Mapped[int | None]
    moment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("moment.id"), unique=True)
    label: Mapped[Facts] = mapped_column(JSONFacts, default=dict)
    themes: Mapped[Facts] = mapped_column(JSONFacts, default=dict)
    city: Mapped[str] = mapped_column(sa.String(120), default="")
    country: Mapped[str | None] = mapped_column(sa.String(2))
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by: Mapped[UUID | None]

    space: Mapped[AdvocacySpace] = relationship(lazy="joined")
    moment: Mapped[Moment] = relationship(lazy="joined")
    goals: Mapped[list[OccurrenceGoal]] = relationship(
        order_by="OccurrenceGoal.goal", lazy="selectin", cascade="all, delete-orphan"
    )
    states: Mapped[list[ReviewedState]] = relationship(
        order_by="ReviewedState.country", lazy="selectin", cascade="all, delete-orphan"
    )


class OccurrenceGoal(Model):
    """A goal that an occurrence reviews, 1 to 17. How sure that is: `Occurrence.certainty_of("goals")`."""

    __tablename__ = "occurrence_goal"
    __table_args__ = (sa.CheckConstraint("goal BETWEEN 1 AND 17", name="goal"),)

    occurrence_id: Mapped[UUID] = mapped_column(sa.ForeignKey("occurrence.id", ondelete="CASCADE"), primary_key=True)
    goal: Mapped[int] = mapped_column(primary_key=True, index=True)


class ReviewedState(Fact, Model):
    """A State under review at an occurrence, by its ISO 3166 code."""

    __tablename__ = "reviewed_state"

    occurrence_id: Mapped[UUID] = mapped_column(sa.ForeignKey("occurrence.id", ondelete="CASCADE"), primary_key=True)
    country: Mapped[str] = mapped_column(sa.String(2), primary_key=True, index=True)


class Step(Fact, Model):
    """A deadline or a stage of an occurrence. Its moment holds the date: *estimated* while it follows from a rule, then
    confirmed by a person with hour, zone and source (R-09); what it was before is the history of the moment.

    `days` is the offset an estimate was made with, which a person may set for this occurrence alone (`has_own_days`).
    A step that is done or confirmed stays where it is when the anchor moves.
    """

    __tablename__ = "occurrence_step"
    __table_args__ = (
        sa.Index("ix_occurrence_step_occurrence", "occurrence_id"),
        sa.UniqueConstraint("occurrence_id", "rule_id", name="uq_occurrence_step_rule"),
        sa.CheckConstraint("done_at IS NOT NULL OR done_by IS NULL", name="done"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    occurrence_id: Mapped[UUID] = mapped_column(sa.ForeignKey("occurrence.id", ondelete="CASCADE"))
    rule_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("step_rule.id", ondelete="SET NULL"), index=True)
    mode_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("participation_mode.id", ondelete="SET NULL"), index=True
    )
    code: Mapped[StepCode] = mapped_column(code_type(StepCode, "code"))
    label: Mapped[Facts] = mapped_column(JSONFacts, default=dict)
    moment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("moment.id"), unique=True)
    days: Mapped[int | None]
    has_own_days: Mapped[bool] = mapped_column(default=False)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    done_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    occurrence: Mapped[Occurrence] = relationship(lazy="joined")
    moment: Mapped[Moment] = relationship(lazy="joined")
    rule: Mapped[StepRule | None] = relationship()
    mode: Mapped[ParticipationMode | None] = relationship()

    @property
    def is_deadline(self) -> bool:
        return self.code in DEADLINES

    @property
    def status_now(self) -> Status:
        """How it stands with its session: of one that was called off nothing closes any more; of one that was put off,
        nobody knows when, confirmed as it may be: whoever confirmed it had the old date in mind (R-10)."""
        session, own = self.occurrence.moment.status, self.moment.status
        is_open = own in (Status.PLANNED, Status.CONFIRMED) and self.done_at is None
        return session if session is Status.CANCELLED or (session is Status.POSTPONED and is_open) else own
