"""The audit: who did what to which thing, as a code and facts.

The sentence is made when shown, in the reader's language.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.actors import SECRETARIAT, Actor, ActorKind
from app.core.types import Facts, JSONFacts, UTCDateTime
from app.extensions import Model, db


class AuditLine(Model):
    __tablename__ = "audit_line"
    __table_args__ = (
        sa.Index("ix_audit_line_subject", "subject_kind", "subject_id", "at"),
        sa.Index("ix_audit_line_audience", "audience", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor_kind: Mapped[str] = mapped_column(sa.String(20))
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str] = mapped_column(sa.String(80), default="")
    for_organisation_id: Mapped[UUID | None]
    helper_id: Mapped[UUID | None]
    code: Mapped[str] = mapped_column(sa.String(80))
    subject_kind: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[UUID]
    facts: Mapped[Facts] = mapped_column(JSONFacts, default=dict)
    audience: Mapped[str] = mapped_column(sa.String(80), default=SECRETARIAT)


def record(
    actor: Actor,
    code: str,
    subject_kind: str,
    subject_id: UUID,
    facts: Facts | None = None,
    *,
    now: datetime,
    audience: str = SECRETARIAT,
) -> None:
    """Write one line. `code` is `<package>.<thing>.<past tense>`; facts are plain JSON, without anybody's free text."""
    db.session.add(
        AuditLine(
            at=now,
            actor_kind=(ActorKind.LINK if actor.is_by_link else actor.kind).value,
            actor_id=actor.person_id,
            actor_name=actor.name,
            for_organisation_id=actor.acting_for,
            helper_id=actor.helper_id,
            code=code,
            subject_kind=subject_kind,
            subject_id=subject_id,
            facts=facts or {},
            audience=audience,
        )
    )
