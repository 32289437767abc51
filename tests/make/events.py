"""Rows of events of others for tests."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from app.core.actors import NETWORK, job
from app.events.models import EVENT, Event, EventSource, EventState
from app.extensions import db
from app.moments.models import Certainty, Status
from app.moments.services import create_moment
from app.moments.timing import Timing
from app.workinggroups.models import WorkingGroup
from tests.conftest import START
from tests.make.moments import hours


def make_event(
    title: str = "A forum of others", *, group: WorkingGroup | None = None, audience: str = NETWORK, **overrides: Any
) -> Event:
    """An event written by hand, for the network unless `audience` is said; `timing` and `status` are its moment's."""
    timing: Timing = overrides.pop("timing", hours("2026-12-05 15:00", "2026-12-05 17:00"))
    status: Status = overrides.pop("status", Status.CONFIRMED)
    values = {
        "id": uuid4(),
        "language": "en",
        "source": EventSource.HAND,
        "state": EventState.PUBLISHED,
        "origin": "",
        "written_at": START,
        "changed_at": START,
    } | overrides
    event = Event(title=title, group_id=group.id if group else None, **values)
    event.moment = create_moment(
        job("test"),
        subject_kind=EVENT,
        subject_id=event.id,
        audience=audience,
        timing=timing,
        status=status,
        certainty=Certainty.VERIFIED,
        now=START,
    )
    db.session.add(event)
    db.session.flush()
    return event
