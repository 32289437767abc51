"""Tables of time: one row per dated thing, and what it was before.

Wall clock and zone are what a person typed and are the truth; `starts_at` and `until` are derived from them, never
empty, and are what everything sorts by and expires by.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.types import Facts, JSONFacts, UTCDateTime, code_type
from app.extensions import Model


class Precision(StrEnum):
    """How exactly a date is known. For all but `minute` the wall clocks are midnights of the first and last day."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    WINDOW = "window"  # somewhere between two days


class Status(StrEnum):
    PLANNED = "planned"
    CONFIRMED = "confirmed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    HELD = "held"


NOT_TAKING_PLACE = (Status.CANCELLED, Status.POSTPONED)
"""Called off, or put off to a day that nobody knows: the date that stands there is the one that was."""


class Certainty(StrEnum):
    """How sure the date is: seen published or decided by us, common practice, to be checked, computed by a rule."""

    VERIFIED = "verified"
    TYPICAL = "typical"
    UNSURE = "unsure"
    ESTIMATED = "estimated"


class Modality(StrEnum):
    ONLINE = "online"
    ON_SITE = "on_site"
    HYBRID = "hybrid"


class WallClock(sa.types.TypeDecorator[datetime]):
    """Date and time on somebody's wall: naive on purpose (ValueError when it carries a zone)."""

    impl = sa.DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is not None and value.tzinfo is not None:
            raise ValueError("a wall clock has no zone of its own")
        return value


class Moment(Model):
    """When something is. `subject_kind` and `subject_id` name the thing, for lists that do not know it."""

    __tablename__ = "moment"
    __table_args__ = (
        sa.Index("ix_moment_audience", "audience", "starts_at", "id"),
        sa.Index("ix_moment_starts_at", "starts_at", "id"),
        sa.Index("ix_moment_zone", "zone", "until"),
        sa.Index("ix_moment_until", "until", "starts_at"),
        sa.Index(
            "ix_moment_put_off",
            "until",
            postgresql_where=sa.text("status = 'postponed'"),
            sqlite_where=sa.text("status = 'postponed'"),
        ),
        sa.Index("ix_moment_subject", "subject_kind", "subject_id"),
        sa.CheckConstraint("wall_start IS NOT NULL OR wall_end IS NOT NULL", name="one_end_known"),
        sa.CheckConstraint("starts_at <= until", name="in_order"),
        sa.CheckConstraint(
            "precision <> 'minute' OR (zone IS NOT NULL AND wall_start IS NOT NULL)", name="minute_has_zone"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    uid: Mapped[str] = mapped_column(sa.String(255), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    subject_kind: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[UUID]
    audience: Mapped[str] = mapped_column(sa.String(80))

    precision: Mapped[Precision] = mapped_column(code_type(Precision, "precision"))
    wall_start: Mapped[datetime | None] = mapped_column(WallClock)
    wall_end: Mapped[datetime | None] = mapped_column(WallClock)
    zone: Mapped[str | None] = mapped_column(sa.String(60))
    is_second_start: Mapped[bool] = mapped_column(default=False)  # of an hour that occurs twice: the later one
    is_second_end: Mapped[bool] = mapped_column(default=False)

    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    until: Mapped[datetime] = mapped_column(UTCDateTime)

    status: Mapped[Status] = mapped_column(code_type(Status, "status"), default=Status.PLANNED)
    certainty: Mapped[Certainty] = mapped_column(code_type(Certainty, "certainty"), default=Certainty.VERIFIED)
    modality: Mapped[Modality | None] = mapped_column(code_type(Modality, "modality"))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class MomentChange(Model):
    """One change of a moment: old and new values as the person typed them, by whom and why."""

    __tablename__ = "moment_change"
    __table_args__ = (sa.Index("ix_moment_change_moment", "moment_id", "sequence"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    moment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("moment.id", ondelete="CASCADE"))
    sequence: Mapped[int]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor_kind: Mapped[str] = mapped_column(sa.String(20))
    actor_id: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(sa.String(500), default="")
    old: Mapped[Facts] = mapped_column(JSONFacts)
    new: Mapped[Facts] = mapped_column(JSONFacts)
