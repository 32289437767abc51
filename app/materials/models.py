"""Tables of materials: links and files of a track or of one of its sessions, each in its language."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.files import StoredFile
from app.core.types import UTCDateTime
from app.extensions import Model
from app.sessions.models import LearningSession, Track


class Material(Model):
    """A link or a file, in one language; of a session, or of the whole track when it names none.

    `audience` is `public` or the track's key. Several materials may name one file: copies of a track share it.
    """

    __tablename__ = "material"
    __table_args__ = (
        sa.Index("ix_material_track", "track_id", "position", "id"),
        sa.Index("ix_material_session", "session_id"),
        sa.CheckConstraint("(url = '') = (file_id IS NOT NULL)", name="link_or_file"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    track_id: Mapped[UUID] = mapped_column(sa.ForeignKey("track.id", ondelete="CASCADE"))
    session_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("learning_session.id", ondelete="CASCADE"))
    audience: Mapped[str] = mapped_column(sa.String(80))
    title: Mapped[str] = mapped_column(sa.String(200))
    language: Mapped[str] = mapped_column(sa.String(20))
    url: Mapped[str] = mapped_column(sa.String(500), default="")
    file_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    added_by: Mapped[UUID | None]
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)

    track: Mapped[Track] = relationship()
    session: Mapped[LearningSession | None] = relationship()
    file: Mapped[StoredFile | None] = relationship(lazy="joined")
