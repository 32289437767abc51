"""Tables of calendars that come in: what is read where, and which event came from which entry."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import Facts, JSONFacts, UTCDateTime, code_type
from app.events.models import Event
from app.extensions import Model
from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup

CALENDAR = "calendar"
"""The kind of its audit lines."""

ADDRESS, TITLE = 2000, 200


class FeedState(StrEnum):
    """`tried`: looked at, nothing in the agenda yet; what is not taken in is forgotten after a day."""

    TRIED = "tried"
    ACTIVE = "active"
    PAUSED = "paused"


class CalendarFeed(Model):
    """A calendar of others: an address that is read again and again, or a file that was brought once (`address` is
    empty). It belongs to the group or to the organisation that brought it. The address may itself be a secret: it is
    shown to nobody but who keeps the calendar, and stands in no log.

    `zone` is what somebody chose for times that name none or an unknown one; without it such times are left out.
    `body` is what was read last: recurring events reach further every day, whether the file changes or not. `report` is
    what was found in it. `next_at` is when it is due; `lease_until` while a worker has it."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        sa.Index("ix_calendar_feed_due", "state", "next_at"),
        sa.CheckConstraint("(group_id IS NULL) <> (organisation_id IS NULL)", name="one_owner"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(TITLE))
    language: Mapped[str] = mapped_column(sa.String(20))
    address: Mapped[str] = mapped_column(sa.String(ADDRESS), default="")
    audience: Mapped[str] = mapped_column(sa.String(80))
    zone: Mapped[str | None] = mapped_column(sa.String(60))
    state: Mapped[FeedState] = mapped_column(code_type(FeedState, "state"))
    body: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    etag: Mapped[str] = mapped_column(sa.String(300), default="")
    last_modified: Mapped[str] = mapped_column(sa.String(100), default="")
    next_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    failures: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(sa.String(40), default="")
    last_tried_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_ok_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    report: Mapped[Facts] = mapped_column(JSONFacts, default=dict)
    added_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    is_example: Mapped[bool] = mapped_column(default=False)

    group: Mapped[WorkingGroup | None] = relationship(lazy="selectin")
    organisation: Mapped[Organisation | None] = relationship(lazy="selectin")

    @property
    def is_tried(self) -> bool:
        return self.state is FeedState.TRIED

    @property
    def is_paused(self) -> bool:
        return self.state is FeedState.PAUSED


class CalendarEntry(Model):
    """Which event an entry of a calendar became. `key` is a hash of its UID and RECURRENCE-ID, `uid` the UID alone;
    `digest` is a hash of all that was said of it: what says the same again changes nothing."""

    __tablename__ = "calendar_entry"

    feed_id: Mapped[UUID] = mapped_column(sa.ForeignKey("calendar_feed.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    event_id: Mapped[UUID] = mapped_column(sa.ForeignKey("event.id", ondelete="CASCADE"), unique=True)
    uid: Mapped[str] = mapped_column(sa.Text)
    digest: Mapped[str] = mapped_column(sa.String(64))

    event: Mapped[Event] = relationship(lazy="joined")
