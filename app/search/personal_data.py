"""What the index knows about a person: which rows hold their own words. The words themselves are told, moved and erased
where they are kept; here rows follow."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import searching
from app.core.database import change_rows, take_turns
from app.extensions import db
from app.search.models import SearchEntry
from app.search.services import turn_of


def export_person(_person_id: UUID) -> dict[str, Any]:
    """Nothing: an index is made of words that are handed out as what they are."""
    return {}


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    _take_turns()
    change_rows(sa.update(SearchEntry).where(SearchEntry.author_id == gone_id).values(author_id=kept_id))


def erase_person(person_id: UUID, _now: datetime) -> None:
    _take_turns()
    change_rows(sa.delete(SearchEntry).where(SearchEntry.author_id == person_id))


def _take_turns() -> None:
    """Before any row of the index is touched: who writes it at the end of another transaction waits, or is waited for.
    Whatever waits for a row elsewhere waits before the turns, never within them."""
    db.session.flush()
    for kind in sorted(searching.kinds()):
        take_turns(turn_of(kind))
