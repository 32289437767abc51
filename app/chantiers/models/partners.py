"""Agreements under which organisations outside the network take part in a chantier."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime
from app.extensions import Model
from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup


class PartnershipAgreement(Model):
    """An organisation takes part in one chantier under an agreement (R-20), between two days, both included."""

    __tablename__ = "partnership_agreement"
    __table_args__ = (
        sa.CheckConstraint("until_on >= from_on", name="in_order"),
        sa.Index(
            "uq_partnership_agreement_open",
            "group_id",
            "organisation_id",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index("ix_partnership_agreement_organisation", "organisation_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    language: Mapped[str] = mapped_column(sa.String(20))
    words: Mapped[str] = mapped_column(sa.Text)
    from_on: Mapped[date]
    until_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    recorded_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_by: Mapped[UUID | None]

    group: Mapped[WorkingGroup] = relationship(lazy="joined")
    organisation: Mapped[Organisation] = relationship(lazy="joined")

    def holds_on(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.ended_at is None and self.from_on <= day <= self.until_on
