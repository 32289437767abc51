"""Tables of reflections: originals of a track (R-01), and what is quoted, spoken, asked and decided about them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from app.core.files import StoredFile
from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.originals.models import Original
from app.people.models import Role, RoleGrant
from app.sessions.models import LearningSession, Track


class Ground(StrEnum):
    """Why a text is kept from its readers: to be looked at before (somebody is named), or for abuse."""

    CARE = "care"
    ABUSE = "abuse"


class DraftOrigin(StrEnum):
    """Where a draft comes from that its author has to confirm: the chat of a meeting, or a transcript of a voice."""

    CHAT = "chat"
    TRANSCRIPT = "transcript"


class Reflection(Original):
    """A text by a participant of a track, or an answer to one. Words, author and readers are those of an original; this
    row says where it stands, and under which name."""

    __tablename__ = "reflection"
    __mapper_args__ = {  # noqa: RUF012 - how SQLAlchemy reads it
        "polymorphic_identity": "reflection",
        "polymorphic_load": "selectin",
    }

    id: Mapped[UUID] = mapped_column(sa.ForeignKey("original.id"), primary_key=True)
    track_id: Mapped[UUID] = mapped_column(sa.ForeignKey("track.id"), index=True)
    session_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("learning_session.id"), index=True)
    pseudonym: Mapped[str] = mapped_column(sa.String(80), default="")
    answers_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("reflection.id"), index=True)

    track: Mapped[Track] = relationship()
    session: Mapped[LearningSession | None] = relationship()
    answered: Mapped[Reflection | None] = relationship(foreign_keys=[answers_id], remote_side=[id])
    quotes: Mapped[list[Quote]] = relationship(
        foreign_keys="Quote.reflection_id", order_by="Quote.position", cascade="all, delete-orphan"
    )
    voice: Mapped[Voice | None] = relationship(cascade="all, delete-orphan", lazy="selectin")

    @property
    def other_name(self) -> str:
        return self.pseudonym


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
                sa.select(Original.author_id)
                .where(Original.id == reflection_id)
                .correlate_except(Original)  # else the inner query reads every withholding, not this one
                .scalar_subquery()
            ),
        )
        .correlate_except(RoleGrant),
        deferred=True,
    )
    """Whether somebody is of the secretariat now who neither hid the text nor wrote it."""
