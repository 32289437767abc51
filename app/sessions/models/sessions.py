"""Learning sessions, their languages and agendas."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.moments.models import Moment
from app.sessions.models.programme import Track


class LanguageMode(StrEnum):
    SPOKEN = "spoken"
    INTERPRETED = "interpreted"


class LearningSession(Model):
    """One live meeting of a track. `join_link` is shown to participants from 24 h before, in no feed, mail or log."""

    __tablename__ = "learning_session"
    __table_args__ = (sa.UniqueConstraint("track_id", "number", name="uq_learning_session_number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    track_id: Mapped[UUID] = mapped_column(sa.ForeignKey("track.id"))
    number: Mapped[int]
    moment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("moment.id"), unique=True)
    series_id: Mapped[UUID | None] = mapped_column(index=True)
    join_link: Mapped[str] = mapped_column(sa.String(500), default="")
    hours_told_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # whose hour changes here was told
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    track: Mapped[Track] = relationship(lazy="joined")
    moment: Mapped[Moment] = relationship(lazy="joined")
    languages: Mapped[list[SessionLanguage]] = relationship(
        order_by="SessionLanguage.position", cascade="all, delete-orphan", lazy="selectin"
    )
    agenda: Mapped[list[AgendaItem]] = relationship(
        order_by="AgendaItem.position", cascade="all, delete-orphan", lazy="selectin"
    )


class SessionLanguage(Model):
    """A language spoken in a session, or interpreted into."""

    __tablename__ = "session_language"

    session_id: Mapped[UUID] = mapped_column(sa.ForeignKey("learning_session.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    mode: Mapped[LanguageMode] = mapped_column(code_type(LanguageMode, "mode"))
    position: Mapped[int] = mapped_column(default=0)


class AgendaItem(Model):
    """One line of a session's agenda: minutes after the start, what, and who (free words)."""

    __tablename__ = "agenda_item"
    __table_args__ = (sa.UniqueConstraint("session_id", "position", name="uq_agenda_item_position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    session_id: Mapped[UUID] = mapped_column(sa.ForeignKey("learning_session.id", ondelete="CASCADE"))
    position: Mapped[int]
    minutes_after_start: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200))
    who: Mapped[str] = mapped_column(sa.String(200), default="")
