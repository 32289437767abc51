"""How persons sign in: accounts, devices, links by mail."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import UTCDateTime, code_type
from app.extensions import Model
from app.people.models.persons import Person


class MailPurpose(StrEnum):
    VERIFY = "verify"
    RESET = "reset"
    INVITE = "invite"
    SIGN_IN = "sign_in"


class Account(Model):
    """How a person signs in. No password until an invitation or a reset was answered."""

    __tablename__ = "account"

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(254))
    email_norm: Mapped[str] = mapped_column(sa.String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    verified_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(lazy="joined")


class AuthSession(Model):
    """One signed-in device. The cookie carries a token; only its hash is kept."""

    __tablename__ = "auth_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    token_sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    device: Mapped[str] = mapped_column(sa.String(120), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    acting_for_organisation_id: Mapped[UUID | None]  # chosen on this device; counts only while the mandate lasts
    helping_person_id: Mapped[UUID | None]  # the assisted person on whose behalf this device writes


class MailLink(Model):
    """A single-use link sent by mail. The link carries this row's id, signed; nothing secret is kept.

    `email_norm` is the address it was made for: a link is worth nothing once the account has another one.
    """

    __tablename__ = "mail_link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[MailPurpose] = mapped_column(code_type(MailPurpose, "purpose"))
    email_norm: Mapped[str] = mapped_column(sa.String(254))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
