"""Tables of polls: the question in its languages, the options, one answer per person, and what is left of answers when
only counts are shown."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.moments.models import Moment
from app.people.models import Organisation, Person
from app.workinggroups.models import WorkingGroup


class Shows(StrEnum):
    """What is shown after the close; fixed when a poll opens, and said before anybody answers."""

    NAMES = "names"
    COUNTS = "counts"


class Poll(Model):
    """A question to those who take part in a group. `language` is the one it was asked in; `most` how many options one
    may choose.

    It is open until the end of its moment. `closed_at` says that the house has closed it since: what was known then is
    kept in `could` (how many could have answered) and, where only counts are shown, in `persons`, `organisations`,
    `regions` here and on the options, for the answers themselves are gone. `remind_at` is due for those who have not
    answered, and empty once they were told.
    """

    __tablename__ = "poll"
    __table_args__ = (
        sa.Index("ix_poll_group", "group_id", "started_at", "id"),
        sa.Index(
            "ix_poll_due",
            "remind_at",
            postgresql_where=sa.text("remind_at IS NOT NULL"),
            sqlite_where=sa.text("remind_at IS NOT NULL"),
        ),
        sa.CheckConstraint("most > 0", name="at_least_one"),
        sa.CheckConstraint("closed_at IS NULL OR laid_down_at IS NULL", name="closed_or_laid_down"),
        sa.CheckConstraint("(closed_at IS NULL) = (could IS NULL)", name="counted_when_closed"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id"))
    moment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("moment.id"), unique=True)
    language: Mapped[str] = mapped_column(sa.String(35))
    most: Mapped[int] = mapped_column(default=1)
    shows: Mapped[Shows] = mapped_column(code_type(Shows, "shows"))
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    started_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    remind_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    could: Mapped[int | None]
    persons: Mapped[int | None]
    organisations: Mapped[int | None]
    regions: Mapped[int | None]
    laid_down_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    laid_down_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    laid_down_because: Mapped[str] = mapped_column(sa.String(1000), default="")
    laid_down_language: Mapped[str] = mapped_column(sa.String(35), default="")
    is_example: Mapped[bool] = mapped_column(default=False)

    group: Mapped[WorkingGroup] = relationship(lazy="joined")
    moment: Mapped[Moment] = relationship(lazy="joined")
    starter: Mapped[Person | None] = relationship(foreign_keys=[started_by], lazy="joined")
    layer_down: Mapped[Person | None] = relationship(foreign_keys=[laid_down_by])
    wordings: Mapped[list[PollWording]] = relationship(
        back_populates="poll", order_by="PollWording.language", lazy="selectin", cascade="all, delete-orphan"
    )
    options: Mapped[list[PollOption]] = relationship(
        back_populates="poll", order_by="PollOption.place", lazy="selectin", cascade="all, delete-orphan"
    )

    @property
    def is_laid_down(self) -> bool:
        return self.laid_down_at is not None

    @property
    def is_cut(self) -> bool:
        """Whether nobody can tell any more who chose what."""
        return self.closed_at is not None and self.shows is Shows.COUNTS

    def is_open(self, now: datetime) -> bool:
        """Whether answers are taken."""
        return self.closed_at is None and not self.is_laid_down and now < self.moment.until

    def is_over(self, now: datetime) -> bool:
        """Whether the result is there to read: its time has passed, whether the house has closed it already or not."""
        return not self.is_laid_down and not self.is_open(now)


class PollWording(Model):
    """The question, its explanation and all its options in one language. The one in the poll's own language is what
    was asked; the others stand beside it (R-01)."""

    __tablename__ = "poll_wording"

    poll_id: Mapped[UUID] = mapped_column(sa.ForeignKey("poll.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(35), primary_key=True)
    question: Mapped[str] = mapped_column(sa.String(200))
    explanation: Mapped[str] = mapped_column(sa.Text, default="")
    options: Mapped[list[str]] = mapped_column(sa.JSON)
    written_at: Mapped[datetime] = mapped_column(UTCDateTime)
    written_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)

    poll: Mapped[Poll] = relationship(back_populates="wordings")
    writer: Mapped[Person | None] = relationship()


class PollOption(Model):
    """One option: its words are at its `place` in every wording. The figures are filled where answers are cut."""

    __tablename__ = "poll_option"
    __table_args__ = (sa.UniqueConstraint("poll_id", "place", name="uq_poll_option_place"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    poll_id: Mapped[UUID] = mapped_column(sa.ForeignKey("poll.id", ondelete="CASCADE"))
    place: Mapped[int]
    persons: Mapped[int | None]
    organisations: Mapped[int | None]
    regions: Mapped[int | None]

    poll: Mapped[Poll] = relationship(back_populates="options")


class PollAnswer(Model):
    """What one person said, with the organisation for which they take part and its region as they were then. Without a
    person: somebody who has left the house since the close. Read by nobody but its author before the close: see
    `queries.results`."""

    __tablename__ = "poll_answer"
    __table_args__ = (sa.UniqueConstraint("poll_id", "person_id", name="uq_poll_answer_person"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    poll_id: Mapped[UUID] = mapped_column(sa.ForeignKey("poll.id", ondelete="CASCADE"))
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    region_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("region.id"), index=True)
    because: Mapped[str] = mapped_column(sa.String(400), default="")
    language: Mapped[str] = mapped_column(sa.String(35), default="")
    answered_at: Mapped[datetime] = mapped_column(UTCDateTime)

    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    choices: Mapped[list[PollChoice]] = relationship(lazy="selectin", cascade="all, delete-orphan")


class PollChoice(Model):
    """One option that an answer chose."""

    __tablename__ = "poll_choice"

    answer_id: Mapped[UUID] = mapped_column(sa.ForeignKey("poll_answer.id", ondelete="CASCADE"), primary_key=True)
    option_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("poll_option.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class PollReason(Model):
    """A "because" of a poll that shows counts alone: without its author, and without what they chose."""

    __tablename__ = "poll_reason"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    poll_id: Mapped[UUID] = mapped_column(sa.ForeignKey("poll.id", ondelete="CASCADE"), index=True)
    because: Mapped[str] = mapped_column(sa.String(400))
    language: Mapped[str] = mapped_column(sa.String(35))
