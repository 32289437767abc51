"""Calendars of others for tests: their files, and rows of feeds."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from app.calendars.models import CalendarFeed, FeedState
from app.core.actors import NETWORK
from app.extensions import db
from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup
from tests.conftest import START

DATA = Path(__file__).parents[1] / "calendars" / "data"


def entry(uid: str, start: str = "20261205T150000Z", title: str = "One", *more: str) -> str:
    """The lines of one event."""
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"DTSTART:{start}", f"SUMMARY:{title}", *more, "END:VEVENT"])


def calendar(*entries: str, name: str = "Example calendar") -> bytes:
    """A whole file of entries."""
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", f"X-WR-CALNAME:{name}", *entries, "END:VCALENDAR", ""]
    ).encode()


def make_feed(owner: WorkingGroup | Organisation, body: bytes = b"", **overrides: Any) -> CalendarFeed:
    """A calendar that was looked at and not taken in; of a file unless `address` is said."""
    values = {
        "id": uuid4(),
        "title": "Example calendar",
        "language": "en",
        "audience": NETWORK,
        "state": FeedState.TRIED,
        "body": body or calendar(entry("one@example.org")),
        "added_at": START,
    } | overrides
    mine = "group_id" if isinstance(owner, WorkingGroup) else "organisation_id"
    feed = CalendarFeed(**{mine: owner.id}, **values)
    db.session.add(feed)
    db.session.flush()
    return feed
