"""One notice per draft that waits for its author. It holds none of the words."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from app.core import notices
from app.extensions import db
from app.reflections.models import Draft

DRAFT_WAITS = "reflections.draft_waits"


def tell_draft(draft: Draft, *, now: datetime) -> None:
    """Tell the author, unless they took the words down themselves."""
    if draft.author_id != draft.taken_by:
        notices.tell(draft.author_id, DRAFT_WAITS, str(draft.id), {"draft": str(draft.id)}, now=now)


def still_wanted(notice: Any, _now: datetime) -> bool:
    """Asked before the mail leaves: the draft still waits."""
    return db.session.get(Draft, UUID(notice.parameters["draft"])) is not None
