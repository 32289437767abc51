"""The table of proposals: what somebody would like to see in the agenda, until a person has answered it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime, code_type
from app.events.models import ADDRESS, ORGANISER, PLACE, TITLE, Event
from app.extensions import Model
from app.moments.models import Certainty, Precision, WallClock
from app.moments.timing import Timing, settle
from app.workinggroups.models import WorkingGroup


class ProposalState(StrEnum):
    """`sent`: nobody has opened the link yet that proves the address; `waiting`: on the desk."""

    SENT = "sent"
    WAITING = "waiting"
    PUBLISHED = "published"
    REFUSED = "refused"


class Proposal(Model):
    """A meeting that somebody proposes, with or without an account. Its time is as it was typed and no moment: nobody
    sees it before it is published. `email` is kept until a month after the answer, then it is empty; `name` stays where
    `is_named`."""

    __tablename__ = "event_proposal"
    __table_args__ = (
        sa.Index("ix_event_proposal_state", "state", "sent_at"),
        sa.CheckConstraint("event_id IS NULL OR state = 'published'", name="published_is_an_event"),
        sa.CheckConstraint("(state IN ('published', 'refused')) = (answered_at IS NOT NULL)", name="answered_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("working_group.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(TITLE))
    language: Mapped[str] = mapped_column(sa.String(35))
    description: Mapped[str] = mapped_column(sa.Text, default="")
    place: Mapped[str] = mapped_column(sa.String(PLACE), default="")
    organiser: Mapped[str] = mapped_column(sa.String(ORGANISER), default="")
    address: Mapped[str] = mapped_column(sa.String(ADDRESS), default="")
    precision: Mapped[Precision] = mapped_column(code_type(Precision, "precision"))
    wall_start: Mapped[datetime] = mapped_column(WallClock)
    wall_end: Mapped[datetime | None] = mapped_column(WallClock)
    zone: Mapped[str] = mapped_column(sa.String(60))
    is_second_start: Mapped[bool] = mapped_column(default=False)
    is_second_end: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(sa.String(160), default="")
    is_named: Mapped[bool] = mapped_column(default=False)
    email: Mapped[str] = mapped_column(sa.String(254))
    page_language: Mapped[str] = mapped_column(sa.String(20))
    state: Mapped[ProposalState] = mapped_column(code_type(ProposalState, "state"), default=ProposalState.SENT)
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    because: Mapped[str] = mapped_column(sa.String(1000), default="")
    event_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("event.id", ondelete="SET NULL"), unique=True)

    group: Mapped[WorkingGroup | None] = relationship(lazy="joined")
    event: Mapped[Event | None] = relationship()

    @property
    def timing(self) -> Timing:
        """When it shall be, as it was typed."""
        return Timing(
            self.precision, self.wall_start, self.wall_end, self.zone, self.is_second_start, self.is_second_end
        )

    @property
    def certainty(self) -> Certainty:
        """A day that somebody typed; with `starts_at` and `until`, a page shows it as it shows a moment."""
        return Certainty.VERIFIED

    @property
    def starts_at(self) -> datetime:
        return settle(self.timing)[1]

    @property
    def until(self) -> datetime:
        return settle(self.timing)[2]
