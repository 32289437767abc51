"""A person's traces in the histories of moments: who changed a time, and the words they gave as a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.extensions import db
from app.moments.models import MomentChange

HOLDINGS = {"changes_of_time": Holding(_l("Changes of dates, with the reasons that were written"), stays=True)}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return the changes a person made, in the words of the table."""
    changes = db.session.scalars(
        sa.select(MomentChange).where(MomentChange.actor_id == person_id).order_by(MomentChange.at, MomentChange.id)
    )
    return {
        "changes_of_time": [
            {
                "moment": str(change.moment_id),
                "at": change.at.isoformat(),
                "reason": change.reason,
                "old": change.old,
                "new": change.new,
            }
            for change in changes
        ]
    }


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Sign the changes of one person with another."""
    db.session.execute(sa.update(MomentChange).where(MomentChange.actor_id == gone_id).values(actor_id=kept_id))


def erase_person(person_id: UUID, now: datetime) -> None:
    """Take the person's name and own words out of the histories; what changed and when stays."""
    db.session.execute(
        sa.update(MomentChange).where(MomentChange.actor_id == person_id).values(actor_id=None, reason="")
    )
