"""The table of events."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.moments.models import Moment
from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup

EVENT = "event"
"""The kind of its moment, cards, audit lines and found documents."""

TITLE, PLACE, ORGANISER, ADDRESS, DESCRIPTION = 300, 300, 200, 1000, 8000
"""Signs that are kept of each."""


class EventState(StrEnum):
    """`withdrawn`: it is not in the calendar any more that it came from, and nobody says that it was cancelled. (The
    table allows two more, `proposed` and `refused`, that nothing ever wrote: proposals have a room of their own.)"""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class EventSource(StrEnum):
    """Written by somebody here, or read in a calendar of others."""

    HAND = "hand"
    CALENDAR = "calendar"


class Event(Model):
    """Something with a date that others organise. Its audience stands on its moment: `public`, `network`, or the
    inside of a group. `source_name` is what the calendar is called that it was read in. `origin` is the UID under which
    the world knows an imported event (with the date it recurs on): the same from two calendars is one event (R-30)."""

    __tablename__ = "event"
    __table_args__ = (
        sa.Index("ix_event_origin", "origin"),
        sa.CheckConstraint("group_id IS NULL OR organisation_id IS NULL", name="at_most_one_owner"),
        sa.CheckConstraint("(source = 'calendar') = (origin <> '')", name="origin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    moment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("moment.id"), unique=True)
    title: Mapped[str] = mapped_column(sa.String(TITLE))
    language: Mapped[str] = mapped_column(sa.String(20))
    description: Mapped[str] = mapped_column(sa.Text, default="")
    place: Mapped[str] = mapped_column(sa.String(PLACE), default="")
    organiser: Mapped[str] = mapped_column(sa.String(ORGANISER), default="")
    address: Mapped[str] = mapped_column(sa.String(ADDRESS), default="")
    state: Mapped[EventState] = mapped_column(code_type(EventState, "state"), default=EventState.PUBLISHED)
    source: Mapped[EventSource] = mapped_column(code_type(EventSource, "source"))
    source_name: Mapped[str] = mapped_column(sa.String(200), default="")
    origin: Mapped[str] = mapped_column(sa.String(600), default="")
    written_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    is_example: Mapped[bool] = mapped_column(default=False)

    moment: Mapped[Moment] = relationship(lazy="joined")
    group: Mapped[WorkingGroup | None] = relationship(lazy="selectin")
    organisation: Mapped[Organisation | None] = relationship(lazy="selectin")

    @property
    def is_imported(self) -> bool:
        return self.source is EventSource.CALENDAR

    @property
    def is_shown(self) -> bool:
        return self.state is EventState.PUBLISHED
