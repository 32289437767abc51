"""Table of announcements: what facilitators tell the participants of their track."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime
from app.extensions import Model
from app.people.models import Person
from app.sessions.models import LearningSession, Track


class Announcement(Model):
    """A message to everybody of a track, in its author's language, mailed once and kept on the track's page."""

    __tablename__ = "announcement"
    __table_args__ = (sa.Index("ix_announcement_track", "track_id", "sent_at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    track_id: Mapped[UUID] = mapped_column(sa.ForeignKey("track.id", ondelete="CASCADE"))
    session_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("learning_session.id", ondelete="SET NULL"))
    audience: Mapped[str] = mapped_column(sa.String(80))
    author_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    subject: Mapped[str] = mapped_column(sa.String(150))
    body: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(20))
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    track: Mapped[Track] = relationship()
    session: Mapped[LearningSession | None] = relationship()
    author: Mapped[Person | None] = relationship()
