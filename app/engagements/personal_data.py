"""What engagements hold about a person: for export, for merging two rows of one person, for erasure.

An engagement is the groups', a signature binds an organisation: they stay without the person. What was noted for a
journey goes with them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.engagements.models import Delegate, Engagement, EngagementText, Signatory, SignOff
from app.extensions import db

HOLDINGS = {
    "engagements": Holding(_l("Engagements you planned or handed in"), stays=True),
    "delegations": Holding(_l("Delegations you belong to: part, days, languages, visa and badge")),
    "sign_offs": Holding(_l("Texts of engagements signed for an organisation"), stays=True),
    "answers": Holding(
        _l("Organisations and people you added to engagements, and answers for organisations"), stays=True
    ),
}

_HANDS = (
    Engagement.made_by,
    Engagement.submitted_by,
    Signatory.added_by,
    Signatory.answered_by,
    EngagementText.added_by,
    Delegate.added_by,
)
"""Whose hand it was; a person who is gone is nobody's hand."""


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return what the person planned, handed in, signed and answered, and the delegations they belong to."""
    return {
        "engagements": _plain(
            sa.select(Engagement.id, Engagement.title, Engagement.state, Engagement.made_at, Engagement.submitted_on)
            .where(sa.or_(Engagement.made_by == person_id, Engagement.submitted_by == person_id))
            .order_by(Engagement.made_at, Engagement.id)
        ),
        "delegations": _delegations(person_id),
        "sign_offs": _sign_offs(person_id),
        "answers": _answers(person_id),
    }


def _delegations(person_id: UUID) -> list[dict[str, str | None]]:
    return _plain(
        sa.select(
            Delegate.engagement_id,
            Delegate.organisation_id,
            Delegate.part,
            Delegate.languages,
            Delegate.visa,
            Delegate.badge,
            Delegate.arrives_on,
            Delegate.leaves_on,
            Delegate.note,
        )
        .where(Delegate.person_id == person_id)
        .order_by(Delegate.added_at, Delegate.id)
    )


def _sign_offs(person_id: UUID) -> list[dict[str, str | None]]:
    return _plain(
        sa.select(
            Signatory.organisation_id,
            SignOff.text_id,
            SignOff.version,
            SignOff.signed_at,
            SignOff.mandate_from_on,
            SignOff.mandate_until_on,
            SignOff.digest,
        )
        .join(Signatory, Signatory.id == SignOff.signatory_id)
        .where(SignOff.person_id == person_id)
        .order_by(SignOff.signed_at, SignOff.id)
    )


def _answers(person_id: UUID) -> list[dict[str, str | None]]:
    signed = sa.or_(Signatory.added_by == person_id, Signatory.answered_by == person_id)
    return [
        *_plain(
            sa.select(Signatory.engagement_id, Signatory.organisation_id, Signatory.state, Signatory.answered_at)
            .where(signed)
            .order_by(Signatory.added_at, Signatory.id)
        ),
        *_plain(
            sa.select(EngagementText.engagement_id, EngagementText.text_id, EngagementText.added_at)
            .where(EngagementText.added_by == person_id)
            .order_by(EngagementText.added_at, EngagementText.id)
        ),
        *_plain(
            sa.select(Delegate.engagement_id, Delegate.part, Delegate.added_at)
            .where(Delegate.added_by == person_id)
            .order_by(Delegate.added_at, Delegate.id)
        ),
    ]


def _plain(statement: Any) -> list[dict[str, str | None]]:
    return [
        {name: None if value is None else str(value) for name, value in row._mapping.items()}
        for row in db.session.execute(statement)
    ]


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Let everything be the kept person's. Of two places in one delegation theirs stays; signatures bind
    organisations, nothing doubles."""
    already = sa.select(Delegate.engagement_id).where(Delegate.person_id == kept_id)
    _run(sa.delete(Delegate).where(Delegate.person_id == gone_id, Delegate.engagement_id.in_(already)))
    for column in (*_HANDS, Delegate.person_id, SignOff.person_id):
        _run(sa.update(column.class_).where(column == gone_id).values({column.key: kept_id}))


def erase_person(person_id: UUID, _now: datetime) -> None:
    """Take the person out of delegations and forget whose hand it was. That an organisation signed stays, with the
    digest of what was read."""
    _run(sa.delete(Delegate).where(Delegate.person_id == person_id))
    for column in _HANDS:
        _run(sa.update(column.class_).where(column == person_id).values({column.key: None}))


def _run(statement: sa.Update | sa.Delete) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
