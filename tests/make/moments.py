"""Rows of time for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from app.core.actors import job
from app.moments.models import Certainty, Moment, Status
from app.moments.services import create_moment
from app.moments.timing import Timing
from tests.conftest import START

HOUSE = job("test")


def wall(text: str) -> datetime:
    """Return a wall clock: `wall("2027-02-13 17:00")`."""
    return datetime.fromisoformat(text)


def hours(start: str, end: str | None = None, zone: str = "Africa/Nairobi", **said: Any) -> Timing:
    """Return a timing with hours: `hours("2027-02-13 17:00", "2027-02-13 19:00")`."""
    return Timing.minutes(wall(start), wall(end) if end else None, zone, **said)


def make_moment(timing: Timing | None = None, **overrides: Any) -> Moment:
    """A confirmed session of two hours in Nairobi, unless said otherwise."""
    values = {
        "subject_kind": "session",
        "subject_id": uuid4(),
        "audience": "public",
        "timing": timing or hours("2027-02-13 17:00", "2027-02-13 19:00"),
        "status": Status.CONFIRMED,
        "certainty": Certainty.VERIFIED,
        "now": START,
    } | overrides
    return create_moment(HOUSE, **values)
