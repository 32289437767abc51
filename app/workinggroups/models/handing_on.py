"""What is needed to hand a group on and to take it out of the house: notes for whoever comes next, and exports."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.files import StoredFile
from app.core.types import UTCDateTime
from app.extensions import Model
from app.people.models import Person
from app.workinggroups.models.groups import WorkingGroup


class HandoverNote(Model):
    """What those who run a group leave to whoever comes next, in one version: the last one counts, the earlier ones are
    kept. Read by those who run the group alone."""

    __tablename__ = "group_handover_note"
    __table_args__ = (sa.UniqueConstraint("group_id", "version", name="uq_group_handover_note_version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"))
    version: Mapped[int]
    language: Mapped[str] = mapped_column(sa.String(20))
    body: Mapped[str] = mapped_column(sa.Text)
    written_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)

    writer: Mapped[Person | None] = relationship(lazy="joined")


class GroupExport(Model):
    """Somebody asked for a whole group as one file: the queue of the worker, and what it has made.

    `lease_until` is set while a worker makes it; one that died leaves it behind, and after that hour another one begins
    anew. `file_id` is there once it is ready, `failed_at` once nobody tries any more.
    """

    __tablename__ = "group_export"
    __table_args__ = (
        sa.Index(
            "uq_group_export_waiting",
            "group_id",
            "asked_by",
            unique=True,
            postgresql_where=sa.text("ready_at IS NULL AND failed_at IS NULL"),
            sqlite_where=sa.text("ready_at IS NULL AND failed_at IS NULL"),
        ),
        sa.Index("ix_group_export_asked_by", "asked_by", "asked_at"),
        sa.CheckConstraint("(ready_at IS NULL) = (file_id IS NULL)", name="ready_with_file"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"))
    asked_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    language: Mapped[str] = mapped_column(sa.String(20))
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ready_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    failed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    file_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("stored_file.id"), unique=True)

    group: Mapped[WorkingGroup] = relationship(lazy="joined")
    person: Mapped[Person] = relationship(lazy="joined")
    file: Mapped[StoredFile | None] = relationship(lazy="joined")
