"""Gatherings: people meet at an hour, with languages, an agenda and a link. Learning sessions are those of tracks.

Further kinds are declared above, each a subclass with a table of its own: what all kinds have lies here, and
`app.sessions.hosts` knows what differs.
"""

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


class Gathering(Model):
    """What people come together for at one moment. `kind` is the word that names, audits, cards and the search know it
    by. `join_link` is shown to those who take part from 24 h before, in no feed, mail or log.

    A kind says `polymorphic_load="inline"`: gatherings of all kinds are then read whole, in one query.
    """

    __tablename__ = "gathering"
    __mapper_args__ = {"polymorphic_on": "kind"}  # noqa: RUF012 - SQLAlchemy reads it as it stands

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str] = mapped_column(sa.String(40))
    moment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("moment.id"), unique=True)
    join_link: Mapped[str] = mapped_column(sa.String(500), default="")
    hours_told_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # whose hour changes here was told
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    moment: Mapped[Moment] = relationship(lazy="joined")
    languages: Mapped[list[SessionLanguage]] = relationship(
        order_by="SessionLanguage.position", cascade="all, delete-orphan", lazy="selectin"
    )
    agenda: Mapped[list[AgendaItem]] = relationship(
        order_by="AgendaItem.position", cascade="all, delete-orphan", lazy="selectin"
    )


class LearningSession(Gathering):
    """One live meeting of a track."""

    __tablename__ = "learning_session"
    __table_args__ = (sa.UniqueConstraint("track_id", "number", name="uq_learning_session_number"),)
    __mapper_args__ = {"polymorphic_identity": "session", "polymorphic_load": "inline"}  # noqa: RUF012 - as above

    id: Mapped[UUID] = mapped_column(sa.ForeignKey("gathering.id"), primary_key=True)
    track_id: Mapped[UUID] = mapped_column(sa.ForeignKey("track.id"))
    number: Mapped[int]
    series_id: Mapped[UUID | None] = mapped_column(index=True)

    track: Mapped[Track] = relationship(lazy="joined")


class SessionLanguage(Model):
    """A language spoken in a gathering, or interpreted into."""

    __tablename__ = "session_language"

    gathering_id: Mapped[UUID] = mapped_column(sa.ForeignKey("gathering.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    mode: Mapped[LanguageMode] = mapped_column(code_type(LanguageMode, "mode"))
    position: Mapped[int] = mapped_column(default=0)


class AgendaItem(Model):
    """One line of an agenda: minutes after the start, what, and who (free words)."""

    __tablename__ = "agenda_item"
    __table_args__ = (sa.UniqueConstraint("gathering_id", "position", name="uq_agenda_item_position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    gathering_id: Mapped[UUID] = mapped_column(sa.ForeignKey("gathering.id", ondelete="CASCADE"))
    position: Mapped[int]
    minutes_after_start: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200))
    who: Mapped[str] = mapped_column(sa.String(200), default="")
