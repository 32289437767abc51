"""Phases and tracks, their texts, who leads them and who takes part."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import JSONFacts, UTCDateTime, code_type
from app.extensions import Model
from app.people.models import Organisation, Person, Region
from app.sessions.models.intake import Intake


class TextBlock(StrEnum):
    """Descriptive texts: aims of a phase; purpose of a track and the four traits of a co-learning space (S3-05)."""

    AIMS = "aims"
    PURPOSE = "purpose"
    INTERREGIONAL = "interregional"
    PEDAGOGY = "pedagogy"
    TEAM = "team"
    LEARNING_MODELS = "learning_models"


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
    intake: Mapped[Intake] = relationship(lazy="joined", cascade="all, delete-orphan")


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


class RamadanPlace(Model):
    """A place where the people of a track keep Ramadan, as its facilitators said: there a session over sunset is hard.

    It is never deduced from a person, a name or a country; `zone` is the place, and who switched it on is in the audit.
    """

    __tablename__ = "ramadan_place"

    track_id: Mapped[UUID] = mapped_column(sa.ForeignKey("track.id", ondelete="CASCADE"), primary_key=True)
    zone: Mapped[str] = mapped_column(sa.String(60), primary_key=True)


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
    joined_by: Mapped[UUID | None]  # who joined for them, in the name of an organisation

    person: Mapped[Person] = relationship(lazy="joined")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
