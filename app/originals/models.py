"""Tables of originals: texts in their author's language with versions, passages and translations (R-01, R-02).

`Original` is the base of every kind of text that people write: reflections here, topics or comments elsewhere. A kind
is a subclass with a table of its own (joined-table inheritance) and a registration (`kinds`); the id is the same in
both tables. What an original is part of, and whatever else only one kind has, stands in the table of the kind.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime
from app.extensions import Model
from app.people.models import Person


class Original(Model):
    """A text in its author's language. The words are in `versions`; this row says whose they are and for whom.

    Withdrawn: hidden everywhere, may come back. Withheld: kept from its readers for now. Erased: the words, the name
    and the language are gone, the date stays; counts stay in all three.

    A kind names its `polymorphic_identity`, and says `polymorphic_load="selectin"`: a list of originals of all kinds
    then costs one query more per kind, and none per row.
    """

    __tablename__ = "original"
    __table_args__ = (sa.Index("ix_original_audience", "audience", "written_at", "id"),)
    __mapper_args__ = {"polymorphic_on": "kind"}  # noqa: RUF012 - how SQLAlchemy reads it

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str] = mapped_column(sa.String(40))
    author_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    written_down_by: Mapped[UUID | None]  # the helper who wrote for an assisted person
    language: Mapped[str] = mapped_column(sa.String(20))
    audience: Mapped[str] = mapped_column(sa.String(80))
    version: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withheld_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_example: Mapped[bool] = mapped_column(default=False)

    author: Mapped[Person | None] = relationship()
    versions: Mapped[list[OriginalVersion]] = relationship(
        order_by="OriginalVersion.number", cascade="all, delete-orphan", lazy="selectin"
    )
    translations: Mapped[list[Translation]] = relationship(
        back_populates="original", order_by="Translation.language", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def other_name(self) -> str:
        """The name its author chose to stand there, "" for the own one. Kinds that leave the choice answer it."""
        return ""


class OriginalVersion(Model):
    """The words of one version, never changed after they were written."""

    __tablename__ = "original_version"

    original_id: Mapped[UUID] = mapped_column(sa.ForeignKey("original.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(sa.Text)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)

    passages: Mapped[list[Passage]] = relationship(
        order_by="Passage.position", cascade="all, delete-orphan", lazy="selectin"
    )


class Passage(Model):
    """Words of one version that are in another language than the text around them (R-02); they occur in its body."""

    __tablename__ = "original_passage"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["original_id", "version"],
            ["original_version.original_id", "original_version.number"],
            name="fk_original_passage_version",
            ondelete="CASCADE",
        ),
    )

    original_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(20))


class Translation(Model):
    """An original in another language, by a person or a machine, of one version of it."""

    __tablename__ = "original_translation"
    __table_args__ = (
        sa.UniqueConstraint("original_id", "language", name="uq_original_translation_language"),
        sa.CheckConstraint("translator_id IS NULL OR machine = ''", name="person_or_machine"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    original_id: Mapped[UUID] = mapped_column(sa.ForeignKey("original.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(sa.String(20))
    body: Mapped[str] = mapped_column(sa.Text)
    translator_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    machine: Mapped[str] = mapped_column(sa.String(80), default="")
    of_version: Mapped[int]
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reviewed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    original: Mapped[Original] = relationship(back_populates="translations")
    translator: Mapped[Person | None] = relationship()

    @property
    def is_stale(self) -> bool:
        """Whether the original moved on after this translation was made."""
        return self.of_version < self.original.version


class TranslationOffer(Model):
    """A person offers to translate into a language: the work list is made for these."""

    __tablename__ = "translation_offer"

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    offered_at: Mapped[datetime] = mapped_column(UTCDateTime)
