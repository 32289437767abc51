"""How a track takes people: places, approval, window, questions, applications and the waiting list."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import JSONFacts, UTCDateTime, code_type
from app.extensions import Model
from app.moments.models import Moment
from app.people.models import Organisation, Person


class ApplicationState(StrEnum):
    """Asked: a facilitator decides. Waiting: on the list, moves up by itself. The other three are ends."""

    ASKED = "asked"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class QuestionKind(StrEnum):
    LINE = "line"
    TEXT = "text"
    YES_NO = "yes_no"


class Intake(Model):
    """How a track takes people: how many places, whether a facilitator approves, and the window of applications.

    `taken` is a guarded counter: a place is taken by one conditional UPDATE, so that a track never overbooks. Without a
    moment the track takes people as long as `Track.is_open` says so.
    """

    __tablename__ = "intake"
    __table_args__ = (
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name="some_places"),
        sa.CheckConstraint("taken >= 0", name="taken_counts"),
    )

    track_id: Mapped[UUID] = mapped_column(sa.ForeignKey("track.id", ondelete="CASCADE"), primary_key=True)
    capacity: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    needs_approval: Mapped[bool] = mapped_column(default=False)
    moment_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("moment.id"), unique=True)

    moment: Mapped[Moment | None] = relationship(lazy="joined")


class IntakeQuestion(Model):
    """A question of a track's application form; `prompts` is `{language: sentence}`. One that was answered is never
    rewritten: it is removed and asked anew."""

    __tablename__ = "intake_question"
    __table_args__ = (sa.Index("ix_intake_question_track", "track_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    track_id: Mapped[UUID] = mapped_column(sa.ForeignKey("track.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[QuestionKind] = mapped_column(code_type(QuestionKind, "kind"))
    prompts: Mapped[dict[str, str]] = mapped_column(JSONFacts)
    is_required: Mapped[bool] = mapped_column(default=False)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Application(Model):
    """Somebody asks for a place in a track: decided at once, by a facilitator, or when a place becomes free.

    The waiting list is `waiting` in the order of `asked_at`, then id.
    """

    __tablename__ = "application"
    __table_args__ = (
        sa.Index("ix_application_track", "track_id", "state", "asked_at", "id"),
        sa.Index("ix_application_person", "person_id"),
        sa.Index(
            "uq_application_open",
            "track_id",
            "person_id",
            unique=True,
            postgresql_where=sa.text("state IN ('asked', 'waiting')"),
            sqlite_where=sa.text("state IN ('asked', 'waiting')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    track_id: Mapped[UUID] = mapped_column(sa.ForeignKey("track.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    state: Mapped[ApplicationState] = mapped_column(code_type(ApplicationState, "state"))
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    asked_by: Mapped[UUID | None]  # who asked for them, in the name of an organisation
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(sa.String(500), default="")

    person: Mapped[Person] = relationship(lazy="joined")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
    answers: Mapped[list[ApplicationAnswer]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class ApplicationAnswer(Model):
    """What somebody answered to one question, in their own words."""

    __tablename__ = "application_answer"

    application_id: Mapped[UUID] = mapped_column(sa.ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[UUID] = mapped_column(sa.ForeignKey("intake_question.id"), primary_key=True)
    words: Mapped[str] = mapped_column(sa.Text)
