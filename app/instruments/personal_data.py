"""What instruments hold about a person: whose hand offered, wrote or withdrew. The words are their owner's and stay."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.extensions import db
from app.instruments.models import Instrument, InstrumentText

HOLDINGS = {
    "texts": Holding(_l("Texts of advocacy instruments that you wrote"), stays=True),
    "offered": Holding(_l("Advocacy instruments that you offered or withdrew"), stays=True),
}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return what a person wrote, offered and withdrew, oldest first."""
    wrote = sa.select(InstrumentText).where(InstrumentText.written_by == person_id).order_by(InstrumentText.written_at)
    hand = sa.or_(Instrument.offered_by == person_id, Instrument.withdrawn_by == person_id)
    return {
        "texts": [
            {
                "instrument": str(row.instrument_id),
                "language": row.language,
                "version": row.version,
                "title": row.title,
                "body": row.body,
                "at": row.written_at.isoformat(),
            }
            for row in db.session.scalars(wrote)
        ],
        "offered": [
            {
                "instrument": str(row.id),
                "offered_at": row.offered_at.isoformat(),
                "offered_by_me": row.offered_by == person_id,
                "withdrawn_by_me": row.withdrawn_by == person_id,
            }
            for row in db.session.scalars(sa.select(Instrument).where(hand).order_by(Instrument.offered_at))
        ],
    }


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Let the one person's hand be the other's."""
    _sign(gone_id, kept_id)


def erase_person(person_id: UUID, _now: datetime) -> None:
    """Take the name from what was written."""
    _sign(person_id, None)


def _sign(old_id: UUID, new_id: UUID | None) -> None:
    for column in (Instrument.offered_by, Instrument.withdrawn_by, InstrumentText.written_by):
        db.session.execute(
            sa.update(column.class_).where(column == old_id).values({column.key: new_id}),
            execution_options={"synchronize_session": "fetch"},
        )
