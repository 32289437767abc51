"""Who follows a space, and what organisations need to be let in."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.advocacy.models.catalogue import Fact
from app.advocacy.models.spaces import AdvocacySpace
from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup


class FollowedSpace(Model):
    """A group keeps an eye on a space: its dates stand in the group's year."""

    __tablename__ = "followed_space"

    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"), primary_key=True)
    space_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("advocacy_space.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[UUID | None]

    group: Mapped[WorkingGroup] = relationship()
    space: Mapped[AdvocacySpace] = relationship(lazy="joined")


class Standing(StrEnum):
    """What an organisation has been granted by a body."""

    ECOSOC_GENERAL = "ecosoc_general"
    ECOSOC_SPECIAL = "ecosoc_special"
    ECOSOC_ROSTER = "ecosoc_roster"
    UNFCCC = "unfccc"
    IPCC = "ipcc"
    UNHABITAT = "unhabitat"


class OrganisationAccess(Fact, Model):
    """An organisation has a standing from one day to another, both included and open where empty (R-11)."""

    __tablename__ = "organisation_access"
    __table_args__ = (
        sa.Index("ix_organisation_access_organisation", "organisation_id", "standing"),
        sa.CheckConstraint("from_on IS NULL OR until_on IS NULL OR from_on <= until_on", name="in_order"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    standing: Mapped[Standing] = mapped_column(code_type(Standing, "standing"))
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    noted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    noted_by: Mapped[UUID | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined")
