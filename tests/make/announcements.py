"""Rows of announcements for tests."""

from __future__ import annotations

from typing import Any

from app.announcements.models import Announcement
from app.extensions import db
from app.people.models import Person
from app.sessions.keys import track_key
from app.sessions.models import Track
from tests.conftest import START


def make_announcement(track: Track, author: Person, **overrides: Any) -> Announcement:
    """Words of a facilitator to everybody of a track."""
    values = {
        "track_id": track.id,
        "audience": track_key(track.id),
        "author_id": author.id,
        "subject": "Bring your maps",
        "body": "We draw together on Saturday.",
        "language": "en",
        "sent_at": START,
    } | overrides
    row = Announcement(**values)
    db.session.add(row)
    db.session.flush()
    return row
