"""Persons, their languages and needs, who helps them, and their wish to be forgotten."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.people.models.places import Region


class Gender(StrEnum):
    """Self-declared, optional; no answer is NULL and is not the same as `undisclosed`."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"
    UNDISCLOSED = "undisclosed"


class Appearance(StrEnum):
    """Where a person agrees to appear by name: nobody outside their tracks, people of the network, or everybody."""

    NOBODY = "nobody"
    NETWORK = "network"
    PUBLIC = "public"


class Need(StrEnum):
    """What somebody needs to take part; told to the facilitators of their tracks and to nobody else."""

    CAPTIONS = "captions"
    SIGN_LANGUAGE = "sign_language"
    LARGE_PRINT = "large_print"
    PHONE_DIAL_IN = "phone_dial_in"
    LOW_BANDWIDTH = "low_bandwidth"
    SHARED_SCREEN = "shared_screen"
    COMPANION = "companion"


class Person(Model):
    """A person, with or without an account. `name` is as they write it; `name_latin` helps who cannot read it."""

    __tablename__ = "person"
    __table_args__ = (sa.Index("ix_person_name_fold", "name_fold", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(sa.String(160))
    name_latin: Mapped[str] = mapped_column(sa.String(160), default="")
    name_fold: Mapped[str] = mapped_column(sa.String(330))
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    country: Mapped[str | None] = mapped_column(sa.String(2))
    region_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("region.id"), index=True)
    zone: Mapped[str] = mapped_column(sa.String(60), default="")
    page_language: Mapped[str] = mapped_column(sa.String(20), default="")
    preferred_language: Mapped[str] = mapped_column(sa.String(20), default="")
    gender: Mapped[Gender | None] = mapped_column(code_type(Gender, "gender"))
    appearance: Mapped[Appearance] = mapped_column(code_type(Appearance, "appearance"), default=Appearance.NOBODY)
    appearance_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    scheme: Mapped[str] = mapped_column(sa.String(8), default="")
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    languages: Mapped[list[PersonLanguage]] = relationship(
        order_by="PersonLanguage.position", cascade="all, delete-orphan", lazy="selectin"
    )
    region: Mapped[Region | None] = relationship(lazy="joined")


class PersonLanguage(Model):
    """A language a person speaks, in their own order; or only understands (`is_spoken` false)."""

    __tablename__ = "person_language"

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    position: Mapped[int]
    is_spoken: Mapped[bool] = mapped_column(default=True, server_default=sa.true())


class PersonNeed(Model):
    """What a person needs to take part, asked once and kept with the person."""

    __tablename__ = "person_need"

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    need: Mapped[Need] = mapped_column(code_type(Need, "need"), primary_key=True)


class Assistance(Model):
    """A person without an account is helped by a named person, who writes on their behalf, visibly, until it ends."""

    __tablename__ = "assistance"
    __table_args__ = (
        sa.Index("ix_assistance_helper", "helper_id"),
        sa.Index(
            "uq_assistance_open",
            "person_id",
            "helper_id",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        ),
        sa.CheckConstraint("person_id <> helper_id", name="not_oneself"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    helper_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    agreed: Mapped[str] = mapped_column(sa.String(300), default="")  # how the person agreed, in the helper's words
    from_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    helper: Mapped[Person] = relationship(foreign_keys=[helper_id])


class ErasureRequest(Model):
    """A person asks that their data be deleted; the secretariat does it, or says in `answer` why it must stay.

    Closed by the person themselves, it was taken back.
    """

    __tablename__ = "erasure_request"
    __table_args__ = (
        sa.Index(
            "uq_erasure_request_open",
            "person_id",
            unique=True,
            postgresql_where=sa.text("closed_at IS NULL"),
            sqlite_where=sa.text("closed_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_by: Mapped[UUID | None]
    was_done: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answer_language: Mapped[str] = mapped_column(sa.String(20), default="")

    person: Mapped[Person] = relationship()
