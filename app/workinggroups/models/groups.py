"""Groups, their texts, the tracks they grew out of, and who coordinates them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import JSONFacts, UTCDateTime, code_type
from app.extensions import Model
from app.people.models import Person, Region
from app.sessions.models import Track


class GroupKind(StrEnum):
    """Across regions, of one region, a learning group of local governments, a study-action of several carriers."""

    INTERREGIONAL = "interregional"
    REGIONAL = "regional"
    COMMUNITY_OF_PRACTICE = "community_of_practice"
    CHANTIER = "chantier"


class GroupState(StrEnum):
    """A chantier is proposed, active or suspended by rule (R-18); every other group is active until it is closed."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Admission(StrEnum):
    """Open: who is eligible and acknowledges the objectives is in at once. Invited: by invitation alone."""

    OPEN = "open"
    INVITED = "invited"


class GroupBlock(StrEnum):
    """Descriptive texts. Whoever joins acknowledges the objectives (R-04)."""

    PURPOSE = "purpose"
    OBJECTIVES = "objectives"
    PRIORITIES = "priorities"


class WorkingGroup(Model):
    """A group that follows up together. It has two audiences: `audience` says who sees that it exists (`public`,
    `network`, or its own `group:<id>`), what is inside is for `group:<id>`.

    `eligible` lists the affiliation codes that may become members (R-04). `objectives_edition` grows when the
    objectives change, so that it is known which ones a member has acknowledged.
    """

    __tablename__ = "working_group"
    __table_args__ = (sa.CheckConstraint("(kind = 'regional') = (region_id IS NOT NULL)", name="region_of_regional"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    code: Mapped[str | None] = mapped_column(sa.String(60), unique=True)
    kind: Mapped[GroupKind] = mapped_column(code_type(GroupKind, "kind"))
    state: Mapped[GroupState] = mapped_column(code_type(GroupState, "state"), default=GroupState.ACTIVE)
    region_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("region.id"), index=True)
    audience: Mapped[str] = mapped_column(sa.String(80), index=True)
    admission: Mapped[Admission] = mapped_column(code_type(Admission, "admission"), default=Admission.OPEN)
    eligible: Mapped[list[str]] = mapped_column(JSONFacts, default=list)
    takes_observers: Mapped[bool] = mapped_column(default=True)
    objectives_edition: Mapped[int] = mapped_column(default=1)
    source: Mapped[str] = mapped_column(sa.String(200), default="")
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by: Mapped[UUID | None]
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    region: Mapped[Region | None] = relationship(lazy="joined")
    origins: Mapped[list[Track]] = relationship(secondary="group_origin", order_by="Track.slug", lazy="selectin")


class GroupText(Model):
    """A descriptive text of a group in one language (Markdown)."""

    __tablename__ = "group_text"

    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"), primary_key=True)
    block: Mapped[GroupBlock] = mapped_column(code_type(GroupBlock, "block"), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    body: Mapped[str] = mapped_column(sa.Text)


class GroupOrigin(Model):
    """A track out of which a group grew. Following the track enrols nobody in the group (R-06)."""

    __tablename__ = "group_origin"

    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"), primary_key=True)
    track_id: Mapped[UUID] = mapped_column(sa.ForeignKey("track.id"), primary_key=True, index=True)


class GroupCoordinator(Model):
    """A person who runs a group, from an appointment to its end."""

    __tablename__ = "group_coordinator"
    __table_args__ = (
        sa.Index(
            "uq_group_coordinator_open",
            "group_id",
            "person_id",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index("ix_group_coordinator_person", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    appointed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    appointed_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(lazy="joined")
