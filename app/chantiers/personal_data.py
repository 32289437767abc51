"""What chantiers hold about a person: for export, for merging two rows of one person, for erasure."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.chantiers.models import (
    Carrier,
    CarrierRequest,
    LetterContributor,
    LetterSignature,
    MissionLetter,
    PartnershipAgreement,
)
from app.core.registries import Holding
from app.extensions import db
from app.workinggroups.models import WorkingGroup

HOLDINGS = {
    "contributions": Holding(_l("Mission letters that name you as a contributor, with the basis"), stays=True),
    "signatures": Holding(_l("Mission letters signed for an organisation"), stays=True),
}
"""What stays is what organisations agreed on: the person in it is nobody any more, and the words about them go."""


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return where mission letters name the person, and what they signed."""
    named = (
        sa.select(
            WorkingGroup.slug,
            MissionLetter.edition,
            LetterContributor.basis,
            LetterContributor.scope,
            LetterContributor.from_on,
            LetterContributor.until_on,
        )
        .join(MissionLetter, MissionLetter.id == LetterContributor.letter_id)
        .join(WorkingGroup, WorkingGroup.id == MissionLetter.group_id)
        .where(LetterContributor.person_id == person_id)
        .order_by(MissionLetter.written_at, LetterContributor.position)
    )
    signed = (
        sa.select(
            WorkingGroup.slug,
            MissionLetter.edition,
            Carrier.organisation_id,
            LetterSignature.signed_at,
            LetterSignature.mandate_from_on,
            LetterSignature.mandate_until_on,
            LetterSignature.digest,
        )
        .join(MissionLetter, MissionLetter.id == LetterSignature.letter_id)
        .join(Carrier, Carrier.id == LetterSignature.carrier_id)
        .join(WorkingGroup, WorkingGroup.id == MissionLetter.group_id)
        .where(LetterSignature.person_id == person_id)
        .order_by(LetterSignature.signed_at)
    )
    return {"contributions": _plain(named), "signatures": _plain(signed)}


def _plain(statement: Any) -> list[dict[str, str | None]]:
    return [
        {name: None if value is None else str(value) for name, value in row._mapping.items()}
        for row in db.session.execute(statement)
    ]


_HANDS = (
    Carrier.joined_by,
    Carrier.left_by,
    CarrierRequest.asked_by,
    CarrierRequest.answered_by,
    MissionLetter.written_by,
    LetterContributor.person_id,
    LetterSignature.person_id,
    PartnershipAgreement.recorded_by,
    PartnershipAgreement.ended_by,
)


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Let everything be the kept person's. Signatures bind organisations: nothing doubles."""
    for column in _HANDS:
        _run(sa.update(column.class_).where(column == gone_id).values({column.key: kept_id}))


def erase_person(person_id: UUID, _now: datetime) -> None:
    """Take away what letters say about the person's part. That there was a contributor with this basis stays, and so
    does the digest of what was signed."""
    _run(sa.update(LetterContributor).where(LetterContributor.person_id == person_id).values(scope=""))


def _run(statement: sa.Update) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
