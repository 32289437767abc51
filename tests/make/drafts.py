"""Drafts of reflections for tests."""

from __future__ import annotations

from typing import Any

from app.extensions import db
from app.people.models import Person
from app.reflections.models import Draft, DraftOrigin
from app.sessions.models import LearningSession
from tests.conftest import START


def make_draft(session: LearningSession, author: Person, **overrides: Any) -> Draft:
    """Words of a chat that wait for who said them."""
    values = {
        "track_id": session.track_id,
        "session_id": session.id,
        "author_id": author.id,
        "origin": DraftOrigin.CHAT,
        "body": "The rent has doubled.",
        "taken_at": START,
    } | overrides
    row = Draft(**values)
    db.session.add(row)
    db.session.flush()
    return row
