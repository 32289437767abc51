"""Tables of the co-learning programme: phases, tracks, learning sessions, facilitation, attendance.

Names are name rows of the kinds `phase`, `track` and `session`. The time of a session is its moment and nothing else.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import JSONFacts, UTCDateTime, code_type
from app.extensions import Model
from app.moments.models import Moment
from app.people.models import Organisation, Person, Region


class TextBlock(StrEnum):
    """Descriptive texts: aims of a phase; purpose of a track and the four traits of a co-learning space (S3-05)."""

    AIMS = "aims"
    PURPOSE = "purpose"
    INTERREGIONAL = "interregional"
    PEDAGOGY = "pedagogy"
    TEAM = "team"
    LEARNING_MODELS = "learning_models"


class LanguageMode(StrEnum):
    SPOKEN = "spoken"
    INTERPRETED = "interpreted"


class Phase(Model):
    """A programme period of one owner organisation."""

    __tablename__ = "phase"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    code: Mapped[str | None] = mapped_column(sa.String(60), unique=True)
    owner_organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    year_from: Mapped[int]
    year_to: Mapped[int]
    source: Mapped[str] = mapped_column(sa.String(200), default="")
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    owner: Mapped[Organisation] = relationship(lazy="joined")
    regions: Mapped[list[Region]] = relationship(secondary="phase_region", order_by="Region.position", lazy="selectin")


class PhaseRegion(Model):
    """A region that a phase covers: each of its tracks should have facilitators from it (R-05)."""

    __tablename__ = "phase_region"

    phase_id: Mapped[UUID] = mapped_column(sa.ForeignKey("phase.id", ondelete="CASCADE"), primary_key=True)
    region_id: Mapped[UUID] = mapped_column(sa.ForeignKey("region.id"), primary_key=True)


class Track(Model):
    """A thematic track of a phase. `audience` is `public` once published; before, its facilitators see it.

    `eligible` lists the affiliation codes that may join (R-03); `is_open` says whether joining is possible now.
    """

    __tablename__ = "track"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    code: Mapped[str | None] = mapped_column(sa.String(60), unique=True)
    phase_id: Mapped[UUID] = mapped_column(sa.ForeignKey("phase.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    audience: Mapped[str] = mapped_column(sa.String(80), index=True)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_open: Mapped[bool] = mapped_column(default=False)
    eligible: Mapped[list[str]] = mapped_column(JSONFacts, default=list)
    source: Mapped[str] = mapped_column(sa.String(200), default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    phase: Mapped[Phase] = relationship(lazy="joined")


class ProgrammeText(Model):
    """A descriptive text of a phase or a track in one language (Markdown)."""

    __tablename__ = "programme_text"
    __table_args__ = (
        sa.CheckConstraint("(phase_id IS NULL) <> (track_id IS NULL)", name="one_subject"),
        sa.UniqueConstraint("phase_id", "block", "language", name="uq_programme_text_phase"),
        sa.UniqueConstraint("track_id", "block", "language", name="uq_programme_text_track"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    phase_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("phase.id", ondelete="CASCADE"))
    track_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("track.id", ondelete="CASCADE"))
    block: Mapped[TextBlock] = mapped_column(code_type(TextBlock, "block"))
    language: Mapped[str] = mapped_column(sa.String(20))
    body: Mapped[str] = mapped_column(sa.Text)


class TrackFacilitator(Model):
    """A person who leads a track, and the region this person stands for in the team (R-05)."""

    __tablename__ = "track_facilitator"
    __table_args__ = (
        sa.Index(
            "uq_track_facilitator_open",
            "track_id",
            "person_id",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index("ix_track_facilitator_person", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    track_id: Mapped[UUID] = mapped_column(sa.ForeignKey("track.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    region_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("region.id"))
    appointed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(lazy="joined")
    region: Mapped[Region | None] = relationship(lazy="joined")


class TrackMembership(Model):
    """A person's place in a track, from joining to leaving. It never enrols anybody in a working group (R-06)."""

    __tablename__ = "track_membership"
    __table_args__ = (
        sa.Index(
            "uq_track_membership_open",
            "track_id",
            "person_id",
            unique=True,
            postgresql_where=sa.text("left_at IS NULL"),
            sqlite_where=sa.text("left_at IS NULL"),
        ),
        sa.Index("ix_track_membership_person", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    track_id: Mapped[UUID] = mapped_column(sa.ForeignKey("track.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    joined_at: Mapped[datetime] = mapped_column(UTCDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(lazy="joined")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class LearningSession(Model):
    """One live meeting of a track. `join_link` is shown to participants from 24 h before, in no feed, mail or log."""

    __tablename__ = "learning_session"
    __table_args__ = (sa.UniqueConstraint("track_id", "number", name="uq_learning_session_number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    track_id: Mapped[UUID] = mapped_column(sa.ForeignKey("track.id"))
    number: Mapped[int]
    moment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("moment.id"), unique=True)
    series_id: Mapped[UUID | None] = mapped_column(index=True)
    join_link: Mapped[str] = mapped_column(sa.String(500), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    track: Mapped[Track] = relationship(lazy="joined")
    moment: Mapped[Moment] = relationship(lazy="joined")
    languages: Mapped[list[SessionLanguage]] = relationship(
        order_by="SessionLanguage.position", cascade="all, delete-orphan", lazy="selectin"
    )
    agenda: Mapped[list[AgendaItem]] = relationship(
        order_by="AgendaItem.position", cascade="all, delete-orphan", lazy="selectin"
    )


class SessionLanguage(Model):
    """A language spoken in a session, or interpreted into."""

    __tablename__ = "session_language"

    session_id: Mapped[UUID] = mapped_column(sa.ForeignKey("learning_session.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    mode: Mapped[LanguageMode] = mapped_column(code_type(LanguageMode, "mode"))
    position: Mapped[int] = mapped_column(default=0)


class AgendaItem(Model):
    """One line of a session's agenda: minutes after the start, what, and who (free words)."""

    __tablename__ = "agenda_item"
    __table_args__ = (sa.UniqueConstraint("session_id", "position", name="uq_agenda_item_position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    session_id: Mapped[UUID] = mapped_column(sa.ForeignKey("learning_session.id", ondelete="CASCADE"))
    position: Mapped[int]
    minutes_after_start: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200))
    who: Mapped[str] = mapped_column(sa.String(200), default="")


class Attendance(Model):
    """A person was there, marked by a facilitator; for which organisation, and the day at the session's zone.

    A mark that was taken back keeps its row with `unmarked_at`: it counts nowhere, and the person stays on the sheet.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        sa.UniqueConstraint("session_id", "person_id", name="uq_attendance_person"),
        sa.Index("ix_attendance_person", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    session_id: Mapped[UUID] = mapped_column(sa.ForeignKey("learning_session.id"))
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    attended_for_organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    attended_on: Mapped[date]
    marked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    marked_by: Mapped[UUID | None]
    unmarked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship()
    attended_for: Mapped[Organisation | None] = relationship()
