"""What people chose about mails: how often, when it is quiet, and what they stopped. No row is the house's default."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.types import UTCDateTime, code_type
from app.extensions import Model


class Pace(StrEnum):
    """How often what can wait is mailed."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class MailRhythm(Model):
    """Hours are those of the person's clocks, 0 to 23; the weekday counts from Monday, 0. Quiet from an hour until the
    same hour is never."""

    __tablename__ = "mail_rhythm"
    __table_args__ = (
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        sa.CheckConstraint("quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23", name="quiet"),
    )

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    pace: Mapped[Pace] = mapped_column(code_type(Pace, "pace"))
    hour: Mapped[int]
    weekday: Mapped[int]
    quiet_from: Mapped[int]
    quiet_until: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)


class MailStop(Model):
    """Mails of one topic that a person does not want."""

    __tablename__ = "mail_stop"

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    stopped_at: Mapped[datetime] = mapped_column(UTCDateTime)
