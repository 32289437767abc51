"""What polls do when somebody no longer takes part in a group: answers that nobody has seen yet go with them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.polls.services.answering import drop_answers
from app.workinggroups.events import coordinator_ended, group_joined, group_left
from app.workinggroups.models import GroupCoordinator, GroupMembership


def on_place_changed(place: GroupMembership | GroupCoordinator, *, now: datetime, **_more: Any) -> None:
    """Somebody left, observes from now on, or runs the group no longer."""
    drop_answers(place.group_id, place.person_id, now=now)


def listen() -> None:
    for event in (group_left, group_joined, coordinator_ended):
        event.connect(on_place_changed)
