"""One notice per person of the track and announcement, written with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.announcements.models import Announcement
from app.core import notices
from app.core.actors import Actor
from app.extensions import db
from app.sessions import keys

ANNOUNCED = "announcements.announced"
STALE_AFTER = timedelta(days=7)
"""A mail that could not leave for a week says old news."""


def tell(actor: Actor, announcement: Announcement, *, now: datetime) -> None:
    """Leave a notice for everybody of the track but the author."""
    audience = keys.track_key(announcement.track_id)
    notices.tell_many(
        sorted(keys.holders_of_track(audience, now) - {actor.person_id}, key=str),
        ANNOUNCED,
        str(announcement.id),
        {"announcement": str(announcement.id)},
        now=now,
        audience=audience,
        expires_at=now + STALE_AFTER,
    )


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked before a mail leaves: it was not taken back, and the person still takes part."""
    announcement = db.session.get(Announcement, UUID(notice.parameters["announcement"]))
    if announcement is None or announcement.removed_at is not None:
        return False
    key = keys.track_key(announcement.track_id)
    return key in keys.keys_of([notice.person_id], now).get(notice.person_id, ())
