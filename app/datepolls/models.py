"""Tables of date polls: the hours that are asked about, and what each person says of each of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.moments.models import Moment, WallClock
from app.people.models import Person
from app.sessions.models import Gathering, Track
from app.workinggroups.models import WorkingGroup


class Says(StrEnum):
    """What a person says of an hour."""

    YES = "yes"
    IF_NEED = "if_need"
    NO = "no"


class DatePoll(Model):
    """Which of these hours? Asked of those who take part in a track or in a group; its title are name rows.

    All hours are on the clock of `zone` and last `lasts` minutes. Answers are taken until the end of its moment, unless
    an hour was chosen or it was laid down before. `gathering_id` is what came of it. `remind_at` is due for those who
    have not answered, and empty once they were told.
    """

    __tablename__ = "date_poll"
    __table_args__ = (
        sa.Index("ix_date_poll_group", "group_id", "started_at", "id"),
        sa.Index("ix_date_poll_track", "track_id", "started_at", "id"),
        sa.Index(
            "ix_date_poll_due",
            "remind_at",
            postgresql_where=sa.text("remind_at IS NOT NULL"),
            sqlite_where=sa.text("remind_at IS NOT NULL"),
        ),
        sa.CheckConstraint("(group_id IS NULL) <> (track_id IS NULL)", name="one_circle"),
        sa.CheckConstraint("lasts > 0", name="lasts_some_time"),
        sa.CheckConstraint("chosen_at IS NULL OR laid_down_at IS NULL", name="chosen_or_laid_down"),
        sa.CheckConstraint("(chosen_at IS NULL) = (chosen_place IS NULL)", name="one_hour_chosen"),
        sa.CheckConstraint("gathering_id IS NULL OR chosen_at IS NOT NULL", name="comes_of_a_choice"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    group_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("working_group.id"))
    track_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("track.id"))
    moment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("moment.id"), unique=True)
    zone: Mapped[str] = mapped_column(sa.String(60))
    lasts: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    started_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    remind_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    chosen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    chosen_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    chosen_place: Mapped[int | None]
    gathering_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("gathering.id"), unique=True)
    laid_down_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    laid_down_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    laid_down_because: Mapped[str] = mapped_column(sa.String(1000), default="")
    laid_down_language: Mapped[str] = mapped_column(sa.String(35), default="")
    is_example: Mapped[bool] = mapped_column(default=False)

    group: Mapped[WorkingGroup | None] = relationship(lazy="joined")
    track: Mapped[Track | None] = relationship(lazy="joined")
    moment: Mapped[Moment] = relationship(lazy="joined")
    starter: Mapped[Person | None] = relationship(foreign_keys=[started_by], lazy="joined")
    layer_down: Mapped[Person | None] = relationship(foreign_keys=[laid_down_by])
    gathering: Mapped[Gathering | None] = relationship()
    options: Mapped[list[DatePollOption]] = relationship(
        back_populates="poll", order_by="DatePollOption.place", lazy="selectin", cascade="all, delete-orphan"
    )
    notes: Mapped[list[DatePollNote]] = relationship(
        order_by="DatePollNote.language", lazy="selectin", cascade="all, delete-orphan"
    )

    @property
    def owner(self) -> Track | WorkingGroup:
        """The track or the group whose people are asked."""
        owner = self.group or self.track
        assert owner is not None  # noqa: S101 - a constraint of the table
        return owner

    @property
    def is_laid_down(self) -> bool:
        return self.laid_down_at is not None

    @property
    def is_chosen(self) -> bool:
        """Whether one of its hours was taken."""
        return self.chosen_at is not None

    @property
    def is_undecided(self) -> bool:
        """Whether an hour can still be chosen, its closing passed or not."""
        return not self.is_chosen and not self.is_laid_down

    def is_open(self, now: datetime) -> bool:
        """Whether answers are taken."""
        return self.is_undecided and now < self.moment.until


class DatePollNote(Model):
    """What one should know before answering, in one language."""

    __tablename__ = "date_poll_note"

    date_poll_id: Mapped[UUID] = mapped_column(sa.ForeignKey("date_poll.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    body: Mapped[str] = mapped_column(sa.Text)


class DatePollOption(Model):
    """One hour on the clock of the poll's zone. It is only asked about, so it is no moment; its instants are reckoned
    whenever it is read (`hours.hour_of`), so that new zone data never find an old one."""

    __tablename__ = "date_poll_option"
    __table_args__ = (sa.UniqueConstraint("date_poll_id", "place", name="uq_date_poll_option_place"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    date_poll_id: Mapped[UUID] = mapped_column(sa.ForeignKey("date_poll.id", ondelete="CASCADE"))
    place: Mapped[int]
    wall_start: Mapped[datetime] = mapped_column(WallClock)
    is_second_start: Mapped[bool] = mapped_column(default=False)

    poll: Mapped[DatePoll] = relationship(back_populates="options")


class DatePollAnswer(Model):
    """What one person says of one hour. Who may read whose it is: `policy.can_see_names`."""

    __tablename__ = "date_poll_answer"

    option_id: Mapped[UUID] = mapped_column(sa.ForeignKey("date_poll_option.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, index=True)
    says: Mapped[Says] = mapped_column(code_type(Says, "says"))
    answered_at: Mapped[datetime] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship()
