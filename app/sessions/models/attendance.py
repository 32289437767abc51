"""Who will come, as they say; and who was there, in three figures that are never mixed: marked, self-declared, counted
behind one screen."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import JSONFacts, UTCDateTime
from app.extensions import Model
from app.people.models import Organisation, Person
from app.sessions.models.sessions import Gathering


class Attendance(Model):
    """A person was there, marked by who leads; for which organisation, and the day at the gathering's zone.

    A mark that was taken back keeps its row with `unmarked_at`: it counts nowhere, and the person stays on the sheet.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        sa.UniqueConstraint("gathering_id", "person_id", name="uq_attendance_person"),
        sa.Index("ix_attendance_person", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    gathering_id: Mapped[UUID] = mapped_column(sa.ForeignKey("gathering.id"))
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    attended_for_organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    attended_on: Mapped[date]
    marked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    marked_by: Mapped[UUID | None]
    unmarked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship()
    attended_for: Mapped[Organisation | None] = relationship()


class AttendanceClaim(Model):
    """A person says of themselves that they were there, inside the window. A figure of its own: never a mark."""

    __tablename__ = "attendance_claim"
    __table_args__ = (sa.Index("ix_attendance_claim_person", "person_id"),)

    gathering_id: Mapped[UUID] = mapped_column(sa.ForeignKey("gathering.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    for_organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    claimed_on: Mapped[date]
    claimed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship()


class AttendanceIntention(Model):
    """A person says beforehand whether they will come. `for_start` is the start for which they said it: once the
    gathering moves, the word is about another hour and asked for again."""

    __tablename__ = "attendance_intention"
    __table_args__ = (sa.Index("ix_attendance_intention_person", "person_id"),)

    gathering_id: Mapped[UUID] = mapped_column(sa.ForeignKey("gathering.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    comes: Mapped[bool]
    for_start: Mapped[datetime] = mapped_column(UTCDateTime)
    said_at: Mapped[datetime] = mapped_column(UTCDateTime)


class HeadCount(Model):
    """People without accounts who followed behind one screen: a number, where, and who counted them."""

    __tablename__ = "head_count"
    __table_args__ = (
        sa.Index("ix_head_count_gathering", "gathering_id"),
        sa.CheckConstraint("people > 0", name="somebody"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    gathering_id: Mapped[UUID] = mapped_column(sa.ForeignKey("gathering.id"))
    people: Mapped[int]
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    counted_by: Mapped[UUID | None]
    counted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
    gathering: Mapped[Gathering] = relationship(lazy="joined")


class MeetingList(Model):
    """The list of participants a meeting programme wrote, kept while who leads says who is who. Dropped when that
    is done, or after a week. `lines` holds `{"number": …, "name": …, "email": …, "minutes": …}`, and `{"number": …,
    "reason": …}` for lines that are nobody's."""

    __tablename__ = "meeting_list"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    gathering_id: Mapped[UUID] = mapped_column(sa.ForeignKey("gathering.id", ondelete="CASCADE"), index=True)
    brought_by: Mapped[UUID | None]
    brought_at: Mapped[datetime] = mapped_column(UTCDateTime)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONFacts)
