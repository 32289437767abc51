"""Which confirmations are still to be told: not that of an answer which the same link's reader replaced by another link
before its mail left. The later one's confirmation says what was done, and what stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.notices import Notice
from app.core.remembering import remembered
from app.extensions import db

_SAME = ("kind", "subject", "for", "about")
"""What two links have in common that answer one question for one person."""


def still_wanted(notice: Any, _now: datetime) -> bool:
    """Asked before a confirmation leaves: nobody was told later of another answer to the same question."""
    question = _question_of(notice.parameters)
    confirmed = _confirmed_to(notice.person_id, notice.kind)
    return not any(at > notice.created_at and other == question for at, other in confirmed)


def _question_of(parameters: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(parameters.get(name) for name in _SAME)


@remembered
def _confirmed_to(person_id: UUID, kind: str) -> list[tuple[datetime, tuple[Any, ...]]]:
    told = sa.select(Notice.created_at, Notice.parameters).where(Notice.person_id == person_id, Notice.kind == kind)
    return [(at, _question_of(parameters)) for at, parameters in db.session.execute(told)]
