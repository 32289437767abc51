"""Tables of material: links and files, each in its language, on the shelf of whatever owns them.

`Material` is the base of every kind. A kind is a subclass with a table of its own (joined-table inheritance) and a
registration (`shelves`); the id is the same in both tables. To which shelf material belongs stands in the table of the
kind: tracks here, working groups in their own package.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.files import StoredFile
from app.core.types import UTCDateTime
from app.extensions import Model
from app.sessions.models import LearningSession, Track


class Material(Model):
    """A link or a file, in one language. `kind` is the word by which the shelf it stands on is named and audited.

    `audience` is `public` or the key of those inside; public material is seen by whoever sees its shelf. Several
    materials may name one file: copies of a track share it. A kind says `polymorphic_load="inline"`: material of all
    kinds is then read whole, in one query.
    """

    __tablename__ = "material"
    __table_args__ = (sa.CheckConstraint("(url = '') = (file_id IS NOT NULL)", name="link_or_file"),)
    __mapper_args__ = {"polymorphic_on": "kind"}  # noqa: RUF012 - SQLAlchemy reads it as it stands

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str] = mapped_column(sa.String(40))
    audience: Mapped[str] = mapped_column(sa.String(80))
    title: Mapped[str] = mapped_column(sa.String(200))
    language: Mapped[str] = mapped_column(sa.String(20))
    url: Mapped[str] = mapped_column(sa.String(500), default="")
    file_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    added_by: Mapped[UUID | None]
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)

    file: Mapped[StoredFile | None] = relationship(lazy="joined")

    @property
    def shelf(self) -> Any:
        """What it belongs to. Every kind answers."""
        raise NotImplementedError


class TrackMaterial(Material):
    """Material of a session, or of the whole track when it names none."""

    __tablename__ = "track_material"
    __mapper_args__ = {"polymorphic_identity": "track", "polymorphic_load": "inline"}  # noqa: RUF012 - as above

    id: Mapped[UUID] = mapped_column(sa.ForeignKey("material.id", ondelete="CASCADE"), primary_key=True)
    track_id: Mapped[UUID] = mapped_column(sa.ForeignKey("track.id"), index=True)
    session_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("learning_session.id"), index=True)

    track: Mapped[Track] = relationship(lazy="selectin")
    session: Mapped[LearningSession | None] = relationship()

    @property
    def shelf(self) -> Track:
        return self.track
