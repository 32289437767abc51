"""Tables of reminders: what a track, a group or a space wants instead of the house's plan, what is planned for each
moment, which moments have to be planned anew, and who takes care of a deadline."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import Facts, JSONFacts, UTCDateTime, code_type
from app.extensions import Model
from app.moments.models import Moment
from app.people.models import Person
from app.reminders.kinds import Kind, Scope
from app.workinggroups.models import WorkingGroup


class OwnPlan(Model):
    """What one scope wants for one kind of dates, instead of what the house does. Without rules: no reminders.

    `scope_id` is a track, a group or a space, and empty for the house itself, whose own plan stands before the defaults
    of `defaults`.
    """

    __tablename__ = "reminder_own_plan"
    __table_args__ = (
        sa.Index(
            "uq_reminder_own_plan_house",
            "kind",
            unique=True,
            postgresql_where=sa.text("scope_id IS NULL"),
            sqlite_where=sa.text("scope_id IS NULL"),
        ),
        sa.UniqueConstraint("scope_id", "kind", name="uq_reminder_own_plan_scope"),
        sa.CheckConstraint("(scope = 'house') = (scope_id IS NULL)", name="house_alone"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    scope: Mapped[Scope] = mapped_column(code_type(Scope, "scope"))
    scope_id: Mapped[UUID | None]
    kind: Mapped[Kind] = mapped_column(code_type(Kind, "kind"))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_by: Mapped[UUID | None]

    rules: Mapped[list[OwnRule]] = relationship(
        order_by="OwnRule.minutes", lazy="selectin", cascade="all, delete-orphan"
    )


class OwnRule(Model):
    """One reminder of an own plan. `minutes` are counted from the date, negative before it; `to_whom` holds codes of
    `kinds.Whom`. What `can_wait` may come in the mail of the day."""

    __tablename__ = "reminder_rule"

    plan_id: Mapped[UUID] = mapped_column(sa.ForeignKey("reminder_own_plan.id", ondelete="CASCADE"), primary_key=True)
    minutes: Mapped[int] = mapped_column(primary_key=True)
    to_whom: Mapped[list[str]] = mapped_column(JSONFacts)
    can_wait: Mapped[bool]


class PlannedReminder(Model):
    """One reminder of one moment. Due from `due_at` until `until_at`, however late, as long as `done_at` is empty.

    `anchor_at` is the instant it counts from. A reminder that was sent stays, with the anchor it told of, and how many
    were `told`; when its moment moves far enough it is armed again as a row of its own, with the next number. One that
    was let go unsent stays too, done and with no number told: its time was over, or what it said was no longer so.
    """

    __tablename__ = "reminder_plan"
    __table_args__ = (
        sa.UniqueConstraint("moment_id", "minutes", "arming", name="uq_reminder_plan_arming"),
        sa.Index(
            "ix_reminder_plan_due",
            "due_at",
            postgresql_where=sa.text("done_at IS NULL"),
            sqlite_where=sa.text("done_at IS NULL"),
        ),
        sa.CheckConstraint("due_at < until_at", name="due_before_the_end"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    moment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("moment.id", ondelete="CASCADE"))
    minutes: Mapped[int]
    arming: Mapped[int] = mapped_column(default=0)
    anchor_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    until_at: Mapped[datetime] = mapped_column(UTCDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    told: Mapped[int | None]

    moment: Mapped[Moment] = relationship()


class Mark(Model):
    """A moment whose reminders have to be planned anew: written in the transaction of whatever changed, and taken away
    by whoever planned. As many as there were changes: none is lost while another one is worked on."""

    __tablename__ = "reminder_mark"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    moment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("moment.id", ondelete="CASCADE"), index=True)
    marked_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class Care(Model):
    """How one group was reminded of one date of a deadline, and who said that they take care of it.

    It is for this date alone, `closes_at`: where it moves, the next date has a row of its own, and `said` keeps what
    this one was. From `escalates_at` on, others are told while nobody has answered.
    """

    __tablename__ = "deadline_care"
    __table_args__ = (
        sa.UniqueConstraint("moment_id", "group_id", "closes_at", name="uq_deadline_care"),
        sa.Index(
            "ix_deadline_care_escalates",
            "escalates_at",
            postgresql_where=sa.text("escalated_at IS NULL AND acknowledged_at IS NULL"),
            sqlite_where=sa.text("escalated_at IS NULL AND acknowledged_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    moment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("moment.id", ondelete="CASCADE"))
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id", ondelete="CASCADE"), index=True)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    said: Mapped[Facts] = mapped_column(JSONFacts)
    reminded: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    escalates_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    escalated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    acknowledged_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)

    group: Mapped[WorkingGroup] = relationship(lazy="joined")
    person: Mapped[Person | None] = relationship(lazy="joined")
