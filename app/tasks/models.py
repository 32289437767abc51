"""The table of what a group has taken on: words, an owner or nobody yet, a date where one was said."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.moments.models import Moment
from app.outcomes.models import Outcome
from app.people.models import Organisation, Person
from app.workinggroups.models import WorkingGroup

TASK = "task"
"""The kind of its moments, cards, audit lines and found documents."""


class TaskState(StrEnum):
    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


TO_DO = (TaskState.OPEN, TaskState.UNDER_WAY)


class Task(Model):
    """One thing that a group has taken on.

    `owner_id` is who does it; nobody, while nobody has taken it. `assigned_by` is set where somebody else gave it to
    the owner. `given_back_by` is who had it last and handed it back or left, with `given_back_words` if they said any;
    all of that goes when somebody takes it. `outcome_id` is what a session agreed on and the group took up: once per
    group, as long as the task is not removed.
    """

    __tablename__ = "task"
    __table_args__ = (
        sa.Index("ix_task_group", "group_id", "state"),
        sa.Index("ix_task_owner", "owner_id", "state"),
        sa.Index(
            "uq_task_outcome",
            "group_id",
            "outcome_id",
            unique=True,
            postgresql_where=sa.text("removed_at IS NULL"),
            sqlite_where=sa.text("removed_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"))
    state: Mapped[TaskState] = mapped_column(code_type(TaskState, "state"), default=TaskState.OPEN)
    words: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(20))
    owner_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    assigned_by: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    moment_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("moment.id"), unique=True)
    outcome_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("outcome.id"), index=True)
    given_back_by: Mapped[UUID | None]
    given_back_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    given_back_words: Mapped[str] = mapped_column(sa.String(500), default="")
    noted_by: Mapped[UUID | None]
    noted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    group: Mapped[WorkingGroup] = relationship()
    owner: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    moment: Mapped[Moment | None] = relationship(lazy="joined")
    outcome: Mapped[Outcome | None] = relationship()

    @property
    def is_to_do(self) -> bool:
        """Whether somebody still has to do it."""
        return self.state in TO_DO
