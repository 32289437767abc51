"""Organisations: to whom they belong, what they say of themselves, how they are reached."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.people.models.places import Region


class Level(StrEnum):
    """How wide a territory an organisation stands for, from the street to the world."""

    LOCAL = "local"
    NATIONAL = "national"
    REGIONAL = "regional"
    WORLD = "world"


class Organisation(Model):
    """An organisation; its names are name rows of kind `organisation`. `code` is the programme file's id.

    One that somebody named when registering is not listed until its first affiliation is confirmed.
    """

    __tablename__ = "organisation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    code: Mapped[str | None] = mapped_column(sa.String(60), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(60))
    level: Mapped[Level | None] = mapped_column(code_type(Level, "level"))
    acronym: Mapped[str] = mapped_column(sa.String(40), default="")
    country: Mapped[str | None] = mapped_column(sa.String(2))
    city: Mapped[str] = mapped_column(sa.String(120), default="")
    region_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("region.id"), index=True)
    source: Mapped[str] = mapped_column(sa.String(200), default="")
    certainty: Mapped[str] = mapped_column(sa.String(20), default="own")
    note: Mapped[str] = mapped_column(sa.Text, default="")
    is_listed: Mapped[bool] = mapped_column(default=True)
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    region: Mapped[Region | None] = relationship(lazy="joined")


class OrganisationParent(Model):
    """An organisation belongs to a larger one between two days, both included; empty is open. It may have several."""

    __tablename__ = "organisation_parent"
    __table_args__ = (
        sa.Index("ix_organisation_parent_organisation", "organisation_id"),
        sa.Index("ix_organisation_parent_parent", "parent_id"),
        sa.CheckConstraint("organisation_id <> parent_id", name="not_itself"),
        sa.CheckConstraint("until_on IS NULL OR from_on IS NULL OR until_on >= from_on", name="in_order"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    parent_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(sa.String(200), default="")
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    parent: Mapped[Organisation] = relationship(foreign_keys=[parent_id])


class OrganisationText(Model):
    """What an organisation says of itself, in one language (Markdown); kept by those who speak for it."""

    __tablename__ = "organisation_text"

    organisation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    body: Mapped[str] = mapped_column(sa.Text)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_by: Mapped[UUID | None]


class OrganisationContact(Model):
    """How the public reaches an organisation, as those who speak for it wish; nothing is shown until they write it."""

    __tablename__ = "organisation_contact"

    organisation_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    website: Mapped[str] = mapped_column(sa.String(300), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_by: Mapped[UUID | None]
