"""The table of the outbox: one row per mail, whatever became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import cast
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.actors import SECRETARIAT
from app.core.types import Facts, JSONFacts, UTCDateTime, code_type
from app.extensions import Model


class MailState(StrEnum):
    """`leased`: a worker writes it and speaks to the server. `handoff`: only the final dot was missing, and may have
    left. `presumed_sent`: it may have left, nobody knows, and it is not sent again by itself."""

    PENDING = "pending"
    LEASED = "leased"
    HANDOFF = "handoff"
    SENT = "sent"
    PRESUMED_SENT = "presumed_sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


ENDED = (
    MailState.SENT,
    MailState.PRESUMED_SENT,
    MailState.FAILED,
    MailState.CANCELLED,
    MailState.EXPIRED,
)
"""States that a mail leaves only when somebody asks for it to be sent again."""


class OutboxMail(Model):
    __tablename__ = "outbox_mail"
    __table_args__ = (
        sa.Index(
            "ix_outbox_mail_pending",
            "not_before",
            "id",
            postgresql_where=sa.text("state = 'pending'"),
            sqlite_where=sa.text("state = 'pending'"),
        ),
        sa.Index(
            "ix_outbox_mail_held",
            "lease_until",
            postgresql_where=sa.text("state IN ('leased', 'handoff')"),
            sqlite_where=sa.text("state IN ('leased', 'handoff')"),
        ),
        sa.Index("ix_outbox_mail_state", "state", "created_at"),
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
    """How often the other side was asked and did not take it."""
    abandoned: Mapped[int] = mapped_column(default=0)
    """How often in a row a worker was gone before it said what became of it."""
    lease_token: Mapped[UUID | None]
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    message_id: Mapped[str] = mapped_column(sa.String(120), unique=True)
    audience: Mapped[str] = mapped_column(sa.String(80), default=SECRETARIAT)
    parameters: Mapped[Facts] = mapped_column(JSONFacts, default=dict)
    rendered: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    last_error: Mapped[str] = mapped_column(sa.String(300), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    handed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    """When only the final dot was missing, the last time it came so far."""
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


MAIL = cast("sa.Table", OutboxMail.__table__)
"""The table itself, for what is said of every mail."""


class SuppressedAddress(Model):
    """An address that a mail server does not know: nothing is sent there until somebody lifts it, but what its owner
    asks for (a way in) is tried all the same."""

    __tablename__ = "suppressed_address"

    address: Mapped[str] = mapped_column(sa.String(254), primary_key=True)
    """As `suppressing.normal_form` writes it."""
    reason: Mapped[str] = mapped_column(sa.String(60))
    """The codes of the server's answer; its words may hold the address."""
    since: Mapped[datetime] = mapped_column(UTCDateTime)
