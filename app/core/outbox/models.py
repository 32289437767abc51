"""The table of the outbox: one row per mail, whatever became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.actors import SECRETARIAT
from app.core.types import Facts, JSONFacts, UTCDateTime, code_type
from app.extensions import Model


class MailState(StrEnum):
    PENDING = "pending"
    LEASED = "leased"
    HANDOFF = "handoff"
    SENT = "sent"
    PRESUMED_SENT = "presumed_sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class OutboxMail(Model):
    __tablename__ = "outbox_mail"
    __table_args__ = (
        sa.Index(
            "ix_outbox_mail_due",
            "not_before",
            postgresql_where=sa.text("state IN ('pending', 'leased')"),
            sqlite_where=sa.text("state IN ('pending', 'leased')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    dedupe_key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(60))
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    recipient: Mapped[str] = mapped_column(sa.String(254))
    language: Mapped[str] = mapped_column(sa.String(20))
    not_before: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    state: Mapped[MailState] = mapped_column(code_type(MailState, "state"), default=MailState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[UUID | None]
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    message_id: Mapped[str] = mapped_column(sa.String(120), unique=True)
    audience: Mapped[str] = mapped_column(sa.String(80), default=SECRETARIAT)
    parameters: Mapped[Facts] = mapped_column(JSONFacts, default=dict)
    rendered: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    last_error: Mapped[str] = mapped_column(sa.String(300), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
