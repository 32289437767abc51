"""The table of private calendar links."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.types import UTCDateTime, code_type
from app.extensions import Model


class Reach(StrEnum):
    """What a private feed holds: what its person takes part in, or everything they may see."""

    MINE = "mine"
    ALL = "all"


class CalendarLink(Model):
    """A secret address under which one calendar program reads the agenda of one person. Only the hash of its secret is
    kept: the address is shown once. `name` is the person's own word for the device."""

    __tablename__ = "calendar_link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    reach: Mapped[Reach] = mapped_column(code_type(Reach, "reach"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
