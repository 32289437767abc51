"""Tables of what a session leaves behind: its notes, priorities, actions and commitments."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.moments.models import Moment
from app.people.models import Organisation
from app.sessions.models import LearningSession


class OutcomeKind(StrEnum):
    PRIORITY = "priority"
    ACTION = "action"
    COMMITMENT = "commitment"


class OutcomeState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class SessionNotes(Model):
    """The notes of a gathering in one language (Markdown), written by those who lead it."""

    __tablename__ = "session_notes"

    gathering_id: Mapped[UUID] = mapped_column(sa.ForeignKey("gathering.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    body: Mapped[str] = mapped_column(sa.Text)
    edition: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_by: Mapped[UUID | None]


class Outcome(Model):
    """A priority, an action or a commitment: what, who, with whom, and by when (a moment, where a date was said)."""

    __tablename__ = "outcome"
    __table_args__ = (sa.Index("ix_outcome_session", "session_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    session_id: Mapped[UUID] = mapped_column(sa.ForeignKey("learning_session.id"))
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[OutcomeKind] = mapped_column(code_type(OutcomeKind, "kind"))
    state: Mapped[OutcomeState] = mapped_column(code_type(OutcomeState, "state"), default=OutcomeState.OPEN)
    words: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(20))
    who: Mapped[str] = mapped_column(sa.String(200), default="")
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    with_whom: Mapped[str] = mapped_column(sa.String(300), default="")
    moment_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("moment.id"), unique=True)
    noted_by: Mapped[UUID | None]
    noted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    session: Mapped[LearningSession] = relationship()
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
    moment: Mapped[Moment | None] = relationship(lazy="joined")
