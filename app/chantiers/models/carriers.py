"""A chantier beside its group, the organisations that carry it, and those that were asked to."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup


class Chantier(Model):
    """What a group of the kind `chantier` has beside its own row.

    `letter_id` is the mission letter in force, as it was last reckoned; `reckon_on` the next day (UTC) on which days
    alone change the answer: the first of a letter that waits, the one after the last of a letter in force. `state_at`
    is when the group came into the state it is in, `began_at` when it was active for the first time.
    """

    __tablename__ = "chantier"

    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"), primary_key=True)
    letter_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("mission_letter.id"), index=True)
    reckon_on: Mapped[date | None] = mapped_column(index=True)
    state_at: Mapped[datetime] = mapped_column(UTCDateTime)
    began_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    group: Mapped[WorkingGroup] = relationship(lazy="joined")


class Carrier(Model):
    """An organisation that carries a chantier, from the day it took this on to the day it left (R-18).

    Who comes back is another row: what it signed before it left binds it no more.
    """

    __tablename__ = "chantier_carrier"
    __table_args__ = (
        sa.Index(
            "uq_chantier_carrier_current",
            "group_id",
            "organisation_id",
            unique=True,
            postgresql_where=sa.text("left_at IS NULL"),
            sqlite_where=sa.text("left_at IS NULL"),
        ),
        sa.Index("ix_chantier_carrier_organisation", "organisation_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    joined_at: Mapped[datetime] = mapped_column(UTCDateTime)
    joined_by: Mapped[UUID | None]  # who spoke for it
    left_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    left_by: Mapped[UUID | None]

    group: Mapped[WorkingGroup] = relationship()
    organisation: Mapped[Organisation] = relationship(lazy="joined")


class RequestState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class CarrierRequest(Model):
    """A carrier asks another organisation to carry the chantier with it; whoever speaks for that one answers."""

    __tablename__ = "carrier_request"
    __table_args__ = (
        sa.Index(
            "uq_carrier_request_open",
            "group_id",
            "organisation_id",
            unique=True,
            postgresql_where=sa.text("state = 'asked'"),
            sqlite_where=sa.text("state = 'asked'"),
        ),
        sa.Index("ix_carrier_request_organisation", "organisation_id", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    state: Mapped[RequestState] = mapped_column(code_type(RequestState, "state"), default=RequestState.ASKED)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    asked_by: Mapped[UUID | None]
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_by: Mapped[UUID | None]

    group: Mapped[WorkingGroup] = relationship(lazy="joined")
    organisation: Mapped[Organisation] = relationship(lazy="joined")
