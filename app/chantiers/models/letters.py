"""Mission letters: editions, the contributors each of them names, and who signed it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.chantiers.models.carriers import Carrier
from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.people.models import Organisation, Person
from app.workinggroups.models import WorkingGroup


class Basis(StrEnum):
    """Why somebody contributes (R-19): sent by others, taking part themselves, or knowing the matter."""

    MANDATE = "mandate"
    INVOLVEMENT = "involvement"
    EXPERTISE = "expertise"


class MissionLetter(Model):
    """One edition of the letter under which a chantier is carried, in the language it was written in.

    As long as nobody has signed it, its carriers change it in place; afterwards it stays as it is, and a change is
    another edition. `digest` is that of its words, days and contributors: what is signed. `replaced_at` says when a
    later edition came into force in its place.
    """

    __tablename__ = "mission_letter"
    __table_args__ = (
        sa.UniqueConstraint("group_id", "edition", name="uq_mission_letter_edition"),
        sa.CheckConstraint("until_on >= from_on", name="in_order"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"))
    edition: Mapped[int]
    language: Mapped[str] = mapped_column(sa.String(20))
    scope: Mapped[str] = mapped_column(sa.Text)
    from_on: Mapped[date]
    until_on: Mapped[date]
    digest: Mapped[str] = mapped_column(sa.String(64))
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    written_by: Mapped[UUID | None]
    replaced_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    group: Mapped[WorkingGroup] = relationship()
    contributors: Mapped[list[LetterContributor]] = relationship(
        order_by="LetterContributor.position", cascade="all, delete-orphan", lazy="selectin"
    )
    signatures: Mapped[list[LetterSignature]] = relationship(
        order_by="(LetterSignature.signed_at, LetterSignature.id)", back_populates="letter", lazy="selectin"
    )


class LetterContributor(Model):
    """A person or an organisation that a letter names, with the basis on which it contributes, for what, and when."""

    __tablename__ = "letter_contributor"
    __table_args__ = (
        sa.CheckConstraint("(person_id IS NULL) <> (organisation_id IS NULL)", name="person_or_organisation"),
        sa.CheckConstraint("until_on IS NULL OR from_on IS NULL OR until_on >= from_on", name="in_order"),
        sa.Index("ix_letter_contributor_letter", "letter_id", "position"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    letter_id: Mapped[UUID] = mapped_column(sa.ForeignKey("mission_letter.id", ondelete="CASCADE"))
    position: Mapped[int]
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    basis: Mapped[Basis] = mapped_column(code_type(Basis, "basis"))
    scope: Mapped[str] = mapped_column(sa.String(500))
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]

    person: Mapped[Person | None] = relationship(lazy="joined")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class LetterSignature(Model):
    """A carrier signs an edition once, by the hand of whoever speaks for it.

    Kept with it: the mandate and the days it covered then, and the digest of the words that were read.
    """

    __tablename__ = "letter_signature"
    __table_args__ = (sa.UniqueConstraint("letter_id", "carrier_id", name="uq_letter_signature_carrier"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    letter_id: Mapped[UUID] = mapped_column(sa.ForeignKey("mission_letter.id", ondelete="CASCADE"))
    carrier_id: Mapped[UUID] = mapped_column(sa.ForeignKey("chantier_carrier.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    grant_id: Mapped[UUID]  # no foreign key: joining two rows of one person may drop a doubled mandate
    mandate_from_on: Mapped[date | None]
    mandate_until_on: Mapped[date | None]
    signed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    digest: Mapped[str] = mapped_column(sa.String(64))

    letter: Mapped[MissionLetter] = relationship(back_populates="signatures")
    carrier: Mapped[Carrier] = relationship(lazy="joined")
    person: Mapped[Person] = relationship(lazy="joined")
