"""Tables of reflections: the original with its versions, translations beside it (R-01)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime
from app.extensions import Model
from app.people.models import Person
from app.sessions.models import LearningSession, Track


class Reflection(Model):
    """A text by a participant, in its author's language. The words are in `versions`; this row says whose and for whom.

    Withdrawn: hidden everywhere, may come back. Erased: the words, the name and the language are gone, date and track
    stay; counts stay in both.
    """

    __tablename__ = "reflection"
    __table_args__ = (
        sa.Index("ix_reflection_track", "track_id", "written_at", "id"),
        sa.Index("ix_reflection_audience", "audience", "written_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    track_id: Mapped[UUID] = mapped_column(sa.ForeignKey("track.id"))
    session_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("learning_session.id"), index=True)
    author_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    pseudonym: Mapped[str] = mapped_column(sa.String(80), default="")
    language: Mapped[str] = mapped_column(sa.String(20))
    audience: Mapped[str] = mapped_column(sa.String(80))
    version: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_example: Mapped[bool] = mapped_column(default=False)

    track: Mapped[Track] = relationship()
    session: Mapped[LearningSession | None] = relationship()
    author: Mapped[Person | None] = relationship()
    versions: Mapped[list[ReflectionVersion]] = relationship(
        order_by="ReflectionVersion.number", cascade="all, delete-orphan", lazy="selectin"
    )
    translations: Mapped[list[Translation]] = relationship(
        back_populates="reflection", order_by="Translation.language", cascade="all, delete-orphan", lazy="selectin"
    )


class ReflectionVersion(Model):
    """The words of one version, never changed after they were written."""

    __tablename__ = "reflection_version"

    reflection_id: Mapped[UUID] = mapped_column(sa.ForeignKey("reflection.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(sa.Text)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Translation(Model):
    """A reflection in another language, by a person or a machine, of one version of the original."""

    __tablename__ = "reflection_translation"
    __table_args__ = (
        sa.UniqueConstraint("reflection_id", "language", name="uq_reflection_translation_language"),
        sa.CheckConstraint("translator_id IS NULL OR machine = ''", name="person_or_machine"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    reflection_id: Mapped[UUID] = mapped_column(sa.ForeignKey("reflection.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(sa.String(20))
    body: Mapped[str] = mapped_column(sa.Text)
    translator_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    machine: Mapped[str] = mapped_column(sa.String(80), default="")
    of_version: Mapped[int]
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reviewed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    reflection: Mapped[Reflection] = relationship(back_populates="translations")
    translator: Mapped[Person | None] = relationship()

    @property
    def is_stale(self) -> bool:
        """Whether the original moved on after this translation was made."""
        return self.of_version < self.reflection.version
