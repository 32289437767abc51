"""The texts of an engagement, who signed them for which organisation, and the files that prove what was done."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime
from app.drafting.models import JointText
from app.engagements.models.plans import Engagement, Signatory
from app.extensions import Model
from app.materials.models import Material
from app.people.models import Person


class EngagementText(Model):
    """A joint text of one of its groups is a draft of an engagement: one per language
    (docs/decisions/0020). `submitted_version` is the one that was handed in, `instrument_id` the shared template it
    was begun from."""

    __tablename__ = "engagement_text"
    __table_args__ = (sa.Index("ix_engagement_text_engagement", "engagement_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    engagement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("engagement.id", ondelete="CASCADE"))
    text_id: Mapped[UUID] = mapped_column(sa.ForeignKey("joint_text.id", ondelete="CASCADE"), unique=True)
    submitted_version: Mapped[int | None]
    instrument_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("instrument.id", ondelete="SET NULL"), index=True)
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    added_by: Mapped[UUID | None]

    engagement: Mapped[Engagement] = relationship()
    text: Mapped[JointText] = relationship(lazy="joined")


class SignOff(Model):
    """A signatory signs one version of a text, by the hand of whoever speaks for it; a later version asks again.

    Kept with it: the mandate and the days it covered then, and the digest of the words that were read.
    """

    __tablename__ = "engagement_sign_off"
    __table_args__ = (
        sa.UniqueConstraint("signatory_id", "text_id", "version", name="uq_engagement_sign_off"),
        sa.Index("ix_engagement_sign_off_text", "text_id", "version"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    signatory_id: Mapped[UUID] = mapped_column(sa.ForeignKey("engagement_signatory.id", ondelete="CASCADE"))
    text_id: Mapped[UUID] = mapped_column(sa.ForeignKey("joint_text.id", ondelete="CASCADE"))
    version: Mapped[int]
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    grant_id: Mapped[UUID]  # no foreign key: joining two rows of one person may drop a doubled mandate
    mandate_from_on: Mapped[date | None]
    mandate_until_on: Mapped[date | None]
    signed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    digest: Mapped[str] = mapped_column(sa.String(64))

    signatory: Mapped[Signatory] = relationship(lazy="joined")
    person: Mapped[Person] = relationship(lazy="joined")


class EngagementMaterial(Material):
    """Links and files of an engagement; `is_proof`: what shows that it was handed in."""

    __tablename__ = "engagement_material"
    __mapper_args__ = {"polymorphic_identity": "engagement", "polymorphic_load": "inline"}  # noqa: RUF012 - as SQLAlchemy reads it

    id: Mapped[UUID] = mapped_column(sa.ForeignKey("material.id", ondelete="CASCADE"), primary_key=True)
    engagement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("engagement.id", ondelete="CASCADE"), index=True)
    is_proof: Mapped[bool] = mapped_column(default=False)

    engagement: Mapped[Engagement] = relationship(lazy="selectin")

    @property
    def shelf(self) -> Engagement:
        return self.engagement
