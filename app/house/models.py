"""Tables of the contact form: subjects with who answers them, and the messages that came."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.types import JSONFacts, UTCDateTime
from app.extensions import Model
from app.people.models import Organisation


class ContactSubject(Model):
    """A subject one can write about; `labels` is `{language: words}`. Messages go to those who speak for the
    organisation named here, else to the secretariat."""

    __tablename__ = "contact_subject"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    position: Mapped[int]
    labels: Mapped[dict[str, str]] = mapped_column(JSONFacts)
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class ContactMessage(Model):
    """A message to the house, in the writer's language; read by whom it was routed to. Dropped a year after it is
    answered."""

    __tablename__ = "contact_message"
    __table_args__ = (sa.Index("ix_contact_message_audience", "audience", "sent_at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    subject_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("contact_subject.id"))
    audience: Mapped[str] = mapped_column(sa.String(80))
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(sa.String(160), default="")
    email: Mapped[str] = mapped_column(sa.String(254))
    language: Mapped[str] = mapped_column(sa.String(20))
    body: Mapped[str] = mapped_column(sa.Text)
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_by: Mapped[UUID | None]

    subject: Mapped[ContactSubject | None] = relationship(lazy="joined")
