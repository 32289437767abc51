"""Tables of reflections: the original with its versions, translations beside it (R-01)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from app.core.files import StoredFile
from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.people.models import Person, Role, RoleGrant
from app.sessions.models import LearningSession, Track


class Ground(StrEnum):
    """Why a text is kept from its readers: to be looked at before (somebody is named), or for abuse."""

    CARE = "care"
    ABUSE = "abuse"


class DraftOrigin(StrEnum):
    """Where a draft comes from that its author has to confirm: the chat of a meeting, or a transcript of a voice."""

    CHAT = "chat"
    TRANSCRIPT = "transcript"


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
    answers_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("reflection.id"), index=True)
    written_down_by: Mapped[UUID | None]  # the helper who wrote for an assisted person
    version: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withheld_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # while a withholding is in force
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_example: Mapped[bool] = mapped_column(default=False)

    track: Mapped[Track] = relationship()
    session: Mapped[LearningSession | None] = relationship()
    author: Mapped[Person | None] = relationship()
    answered: Mapped[Reflection | None] = relationship(remote_side=[id])
    quotes: Mapped[list[Quote]] = relationship(
        foreign_keys="Quote.reflection_id", order_by="Quote.position", cascade="all, delete-orphan"
    )
    versions: Mapped[list[ReflectionVersion]] = relationship(
        order_by="ReflectionVersion.number", cascade="all, delete-orphan", lazy="selectin"
    )
    translations: Mapped[list[Translation]] = relationship(
        back_populates="reflection", order_by="Translation.language", cascade="all, delete-orphan", lazy="selectin"
    )
    voice: Mapped[Voice | None] = relationship(cascade="all, delete-orphan", lazy="selectin")


class ReflectionVersion(Model):
    """The words of one version, never changed after they were written."""

    __tablename__ = "reflection_version"

    reflection_id: Mapped[UUID] = mapped_column(sa.ForeignKey("reflection.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(sa.Text)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)

    passages: Mapped[list[Passage]] = relationship(
        order_by="Passage.position", cascade="all, delete-orphan", lazy="selectin"
    )


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


class Passage(Model):
    """Words of one version that are in another language than the text around them (R-02); they occur in its body."""

    __tablename__ = "reflection_passage"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["reflection_id", "version"],
            ["reflection_version.reflection_id", "reflection_version.number"],
            name="fk_reflection_passage_version",
            ondelete="CASCADE",
        ),
    )

    reflection_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(20))


class Quote(Model):
    """Words of one reflection quoted in another, exactly, in the language they were said in, and of which version."""

    __tablename__ = "reflection_quote"
    __table_args__ = (sa.Index("ix_reflection_quote_quoted", "quoted_id"),)

    reflection_id: Mapped[UUID] = mapped_column(sa.ForeignKey("reflection.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    quoted_id: Mapped[UUID] = mapped_column(sa.ForeignKey("reflection.id"))
    quoted_version: Mapped[int]
    words: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(20))


class Voice(Model):
    """The recording a reflection was spoken as; its transcript is the reflection's own text, once there is one."""

    __tablename__ = "reflection_voice"

    reflection_id: Mapped[UUID] = mapped_column(sa.ForeignKey("reflection.id", ondelete="CASCADE"), primary_key=True)
    file_id: Mapped[UUID] = mapped_column(sa.ForeignKey("stored_file.id"), unique=True)
    seconds: Mapped[int]

    file: Mapped[StoredFile] = relationship(lazy="joined")


class Draft(Model):
    """Words that somebody took down for an author, who alone makes a reflection of them, or throws them away.

    From the chat of a meeting, or as the transcript of a voice (`of_reflection_id`). Dropped after sixty days.
    """

    __tablename__ = "reflection_draft"
    __table_args__ = (
        sa.Index("ix_reflection_draft_author", "author_id", "taken_at"),
        sa.CheckConstraint("(origin = 'transcript') = (of_reflection_id IS NOT NULL)", name="transcript_of"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    track_id: Mapped[UUID] = mapped_column(sa.ForeignKey("track.id", ondelete="CASCADE"))
    session_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("learning_session.id", ondelete="SET NULL"))
    author_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    origin: Mapped[DraftOrigin] = mapped_column(code_type(DraftOrigin, "origin"))
    of_reflection_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("reflection.id", ondelete="CASCADE"))
    body: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(20), default="")
    taken_by: Mapped[UUID | None]
    taken_at: Mapped[datetime] = mapped_column(UTCDateTime)

    track: Mapped[Track] = relationship()


class TranslationOffer(Model):
    """A person offers to translate into a language: the work list is made for these."""

    __tablename__ = "translation_offer"

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    offered_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ConsentRequest(Model):
    """A facilitator asks an author whether more people may read a text; without a yes nothing changes."""

    __tablename__ = "consent_request"
    __table_args__ = (
        sa.Index(
            "uq_consent_request_open",
            "reflection_id",
            unique=True,
            postgresql_where=sa.text("answered_at IS NULL"),
            sqlite_where=sa.text("answered_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    reflection_id: Mapped[UUID] = mapped_column(sa.ForeignKey("reflection.id", ondelete="CASCADE"))
    audience: Mapped[str] = mapped_column(sa.String(80))
    of_version: Mapped[int]
    words: Mapped[str] = mapped_column(sa.String(500), default="")
    asked_by: Mapped[UUID | None]
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_granted: Mapped[bool | None]

    reflection: Mapped[Reflection] = relationship()


class AbuseReport(Model):
    """Somebody says that a text attacks or endangers people. One per reader and text; read by facilitators."""

    __tablename__ = "abuse_report"
    __table_args__ = (sa.UniqueConstraint("reflection_id", "reporter_id", name="uq_abuse_report_reporter"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    reflection_id: Mapped[UUID] = mapped_column(sa.ForeignKey("reflection.id", ondelete="CASCADE"))
    reporter_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    words: Mapped[str] = mapped_column(sa.Text)
    reported_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[UUID | None]

    reflection: Mapped[Reflection] = relationship()


class Withholding(Model):
    """A text is kept from its readers, with a reason its author reads. The author may appeal; somebody else decides."""

    __tablename__ = "withholding"
    __table_args__ = (
        sa.Index(
            "uq_withholding_open",
            "reflection_id",
            unique=True,
            postgresql_where=sa.text("lifted_at IS NULL"),
            sqlite_where=sa.text("lifted_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    reflection_id: Mapped[UUID] = mapped_column(sa.ForeignKey("reflection.id", ondelete="CASCADE"))
    ground: Mapped[Ground] = mapped_column(code_type(Ground, "ground"))
    reason: Mapped[str] = mapped_column(sa.Text)
    by_id: Mapped[UUID | None] = mapped_column()
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    appeal: Mapped[str] = mapped_column(sa.Text, default="")
    appealed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    appeal_answer: Mapped[str] = mapped_column(sa.Text, default="")
    appeal_answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    appeal_answered_by: Mapped[UUID | None]
    lifted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    lifted_by: Mapped[UUID | None]

    reflection: Mapped[Reflection] = relationship()

    has_other_secretary: Mapped[bool] = column_property(
        sa.exists()
        .where(
            RoleGrant.role == Role.SECRETARIAT,
            RoleGrant.ended_at.is_(None),
            RoleGrant.person_id.is_distinct_from(by_id),
            RoleGrant.person_id.is_distinct_from(
                sa.select(Reflection.author_id)
                .where(Reflection.id == reflection_id)
                .correlate_except(Reflection)  # else the inner query reads every withholding, not this one
                .scalar_subquery()
            ),
        )
        .correlate_except(RoleGrant),
        deferred=True,
    )
    """Whether somebody is of the secretariat now who neither hid the text nor wrote it."""
