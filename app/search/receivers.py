"""What changed is written into the index at the end of the same transaction.

A form may change one thing in ten places (a name per language, its texts, its hour). So the signal only notes which
things changed, and they are read once, as they stand when the transaction is about to be committed. A note that is
left over after a rollback makes a thing be read once more, and nothing else.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import Session

from app.core.searching import thing_changed
from app.extensions import db
from app.search import services

NOTED = "search.changed"


def note_change(kind: str, *, ids: set[UUID], **_more: Any) -> None:
    db.session.info.setdefault(NOTED, {}).setdefault(kind, set()).update(ids)


def write_noted(session: Session) -> None:
    """Before the commit; a savepoint that ends is none."""
    if session.in_nested_transaction() or not (noted := session.info.pop(NOTED, None)):
        return
    for kind in sorted(noted):
        services.rewrite(kind, noted[kind])


def register() -> None:
    thing_changed.connect(note_change)
    if not event.contains(db.session, "before_commit", write_noted):
        event.listen(db.session, "before_commit", write_noted)
