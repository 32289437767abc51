"""A person's traces here: whose hand wrote the notes of a session and noted an outcome.

The words themselves are the session's, not the writer's: they stay when a person leaves the house, without the hand.
Who is named in free words inside them is not known to the tables; the team of the track edits those.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.extensions import db
from app.outcomes.models import Outcome, SessionNotes

HOLDINGS = {
    "notes": Holding(_l("Notes of sessions and minutes of meetings, last saved by this person"), stays=True),
    "outcomes": Holding(_l("What sessions agreed on, noted by this person"), stays=True),
}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return the notes a person saved last and the outcomes a person noted."""
    notes = db.session.scalars(
        sa.select(SessionNotes).where(SessionNotes.changed_by == person_id).order_by(SessionNotes.changed_at)
    )
    noted = db.session.scalars(sa.select(Outcome).where(Outcome.noted_by == person_id).order_by(Outcome.noted_at))
    return {
        "notes": [
            {
                "session": str(row.gathering_id),
                "language": row.language,
                "changed_at": row.changed_at.isoformat(),
                "body": row.body,
            }
            for row in notes
        ],
        "outcomes": [
            {
                "session": str(row.session_id),
                "kind": row.kind.value,
                "language": row.language,
                "words": row.words,
                "noted_at": row.noted_at.isoformat(),
            }
            for row in noted
        ],
    }


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Let the one person's hand be the other's."""
    _sign(gone_id, kept_id)


def erase_person(person_id: UUID, now: datetime) -> None:
    """Forget whose hand it was; what the session agreed on stays."""
    _sign(person_id, None)


def _sign(old_id: UUID, new_id: UUID | None) -> None:
    db.session.execute(sa.update(SessionNotes).where(SessionNotes.changed_by == old_id).values(changed_by=new_id))
    db.session.execute(sa.update(Outcome).where(Outcome.noted_by == old_id).values(noted_by=new_id))
