"""Tables of advocacy instruments: a statement that others may use, its texts by language and version, its tags."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.advocacy.models import Claim
from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.people.models import Organisation, Person
from app.workinggroups.models import WorkingGroup

INSTRUMENT = "instrument"
"""The kind of its cards, audit lines and found documents."""


class Instrument(Model):
    """A statement that others may take and fill in. It belongs to the group or to the organisation that offers it, and
    to one of the two alone. `language` is that of its original; `audience` is `network` or `public`. Withdrawn, it is
    in no list any more, and whoever began a text from it can still read where that came from."""

    __tablename__ = "instrument"
    __table_args__ = (
        sa.Index("ix_instrument_changed", "changed_at", "id"),
        sa.CheckConstraint("(group_id IS NULL) <> (organisation_id IS NULL)", name="one_owner"),
        sa.CheckConstraint("audience IN ('network', 'public')", name="audience"),
        sa.CheckConstraint("withdrawn_at IS NOT NULL OR withdrawn_because = ''", name="withdrawn"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    language: Mapped[str] = mapped_column(sa.String(20))
    audience: Mapped[str] = mapped_column(sa.String(80), index=True)
    offered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    offered_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    withdrawn_because: Mapped[str] = mapped_column(sa.String(300), default="")
    is_example: Mapped[bool] = mapped_column(default=False)

    group: Mapped[WorkingGroup | None] = relationship(lazy="selectin")
    organisation: Mapped[Organisation | None] = relationship(lazy="selectin")
    goals: Mapped[list[InstrumentGoal]] = relationship(
        order_by="InstrumentGoal.goal", lazy="selectin", cascade="all, delete-orphan"
    )
    claims: Mapped[list[InstrumentClaim]] = relationship(
        order_by="InstrumentClaim.claim", lazy="selectin", cascade="all, delete-orphan"
    )

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class InstrumentGoal(Model):
    """A Sustainable Development Goal, 1 to 17, that the statement is about."""

    __tablename__ = "instrument_goal"
    __table_args__ = (sa.CheckConstraint("goal BETWEEN 1 AND 17", name="goal"),)

    instrument_id: Mapped[UUID] = mapped_column(sa.ForeignKey("instrument.id", ondelete="CASCADE"), primary_key=True)
    goal: Mapped[int] = mapped_column(primary_key=True, index=True)


class InstrumentClaim(Model):
    """What the statement claims."""

    __tablename__ = "instrument_claim"

    instrument_id: Mapped[UUID] = mapped_column(sa.ForeignKey("instrument.id", ondelete="CASCADE"), primary_key=True)
    claim: Mapped[Claim] = mapped_column(code_type(Claim, "claim"), primary_key=True, index=True)


class InstrumentText(Model):
    """The whole statement in one language as somebody wrote it, never changed afterwards: what is new is the next
    version. What is to be filled in stands in the words ("[name of the city]"). In a language other than the original's
    `of_version` is the version of the original that it follows."""

    __tablename__ = "instrument_text"

    instrument_id: Mapped[UUID] = mapped_column(sa.ForeignKey("instrument.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    purpose: Mapped[str] = mapped_column(sa.String(300), default="")
    body: Mapped[str] = mapped_column(sa.Text)
    words: Mapped[int]
    changes: Mapped[str] = mapped_column(sa.String(300), default="")
    of_version: Mapped[int | None]
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    written_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)

    instrument: Mapped[Instrument] = relationship()
    writer: Mapped[Person | None] = relationship()
