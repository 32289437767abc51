"""Meetings of a group: gatherings that belong to it."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.sessions.models import Gathering
from app.workinggroups.models.groups import WorkingGroup


class GroupMeeting(Gathering):
    """One meeting of a group, for its people alone: its moment carries `group:<id>`. `number` tells the meetings of a
    group apart; people read their places in the order of time."""

    __tablename__ = "group_meeting"
    __table_args__ = (sa.UniqueConstraint("group_id", "number", name="uq_group_meeting_number"),)
    __mapper_args__ = {"polymorphic_identity": "meeting", "polymorphic_load": "inline"}  # noqa: RUF012 - SQLAlchemy reads it as it stands

    id: Mapped[UUID] = mapped_column(sa.ForeignKey("gathering.id"), primary_key=True)
    group_id: Mapped[UUID] = mapped_column(sa.ForeignKey("working_group.id"))
    number: Mapped[int]

    group: Mapped[WorkingGroup] = relationship(lazy="joined")
