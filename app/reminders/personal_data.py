"""A person's traces here: whose plans of reminders they changed, and of which deadlines they took care."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.extensions import db
from app.reminders.models import Care, OwnPlan
from app.reminders.services import let_go_of

HOLDINGS = {
    "deadlines": Holding(_l("Deadlines that you took care of"), stays=True),
    "plans": Holding(_l("Plans of reminders that you changed"), stays=True),
}

_HANDS = (Care.acknowledged_by, OwnPlan.changed_by)


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return what the person said, oldest first."""
    cares = sa.select(Care).where(Care.acknowledged_by == person_id).order_by(Care.acknowledged_at, Care.id)
    plans = sa.select(OwnPlan).where(OwnPlan.changed_by == person_id).order_by(OwnPlan.changed_at, OwnPlan.id)
    return {
        "deadlines": [
            {
                "group": care.group.slug,
                "moment": str(care.moment_id),
                "closes_at": care.closes_at.isoformat(),
                "said_at": care.acknowledged_at.isoformat() if care.acknowledged_at is not None else None,
            }
            for care in db.session.scalars(cares).unique()
        ],
        "plans": [
            {"of": plan.scope.value, "kind": plan.kind.value, "at": plan.changed_at.isoformat()}
            for plan in db.session.scalars(plans)
        ],
    }


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Let the one person's hand be the other's."""
    for column in _HANDS:
        _run(sa.update(column.class_).where(column == gone_id).values({column.key: kept_id}))


def erase_person(person_id: UUID, now: datetime) -> None:
    """Hand back what the person takes care of; forget whose hand it was, of dates that are over too."""
    let_go_of(person_id, None, now=now)
    for column in _HANDS:
        _run(sa.update(column.class_).where(column == person_id).values({column.key: None}))


def _run(statement: sa.Update) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
