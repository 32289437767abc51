"""Who goes for an engagement: who travels, who speaks, what is missing until then."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime, code_type
from app.engagements.models.plans import Engagement
from app.extensions import Model
from app.people.models import Organisation, Person


class Part(StrEnum):
    """Speaks, goes along, takes part from afar, stays in reserve."""

    SPEAKS = "speaks"
    GOES = "goes"
    REMOTE = "remote"
    RESERVE = "reserve"


class PaperState(StrEnum):
    """Of a visa and of a badge."""

    NOT_KNOWN = "not_known"
    NOT_NEEDED = "not_needed"
    TO_ASK = "to_ask"
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class Delegate(Model):
    """One person of a delegation: somebody of the house, or a name alone. Seen by those inside the engagement."""

    __tablename__ = "engagement_delegate"
    __table_args__ = (
        sa.UniqueConstraint("engagement_id", "person_id", name="uq_engagement_delegate"),
        sa.CheckConstraint("(person_id IS NULL) = (name <> '')", name="person_or_name"),
        sa.CheckConstraint("arrives_on IS NULL OR leaves_on IS NULL OR arrives_on <= leaves_on", name="in_order"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    engagement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("engagement.id", ondelete="CASCADE"))
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(160), default="")
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    part: Mapped[Part] = mapped_column(code_type(Part, "part"))
    languages: Mapped[str] = mapped_column(sa.String(120), default="")
    visa: Mapped[PaperState] = mapped_column(code_type(PaperState, "visa"), default=PaperState.NOT_KNOWN)
    badge: Mapped[PaperState] = mapped_column(code_type(PaperState, "badge"), default=PaperState.NOT_KNOWN)
    arrives_on: Mapped[date | None]
    leaves_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(sa.String(500), default="")
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    added_by: Mapped[UUID | None]

    engagement: Mapped[Engagement] = relationship()
    person: Mapped[Person | None] = relationship(lazy="joined")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
