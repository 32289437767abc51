"""What polls do when somebody no longer takes part in a group (answers that nobody has seen yet go with them), and when
new rules of clocks move their ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.core.jobs import follow
from app.extensions import db
from app.moments.endings import moved_by_clocks
from app.moments.events import moment_changed
from app.moments.models import Moment, MomentChange
from app.polls import telling
from app.polls.models import Poll
from app.polls.services.answering import drop_answers
from app.polls.services.starting import SUBJECT
from app.workinggroups.events import coordinator_ended, group_joined, group_left
from app.workinggroups.models import GroupCoordinator, GroupMembership


def on_place_changed(place: GroupMembership | GroupCoordinator, *, now: datetime, **_more: Any) -> None:
    """Somebody left, observes from now on, or runs the group no longer."""
    drop_answers(place.group_id, place.person_id, now=now)


def on_clocks(moment: Moment, *, change: MomentChange, now: datetime, **_more: Any) -> None:
    """New zone data moved the end: the reminder moves along, and who reads another hour now hears of it."""
    if moment.subject_kind != SUBJECT or not moved_by_clocks(change):
        return
    poll = db.session.get_one(Poll, moment.subject_id)
    if poll.is_open(now):
        follow(poll, moment.until - datetime.fromisoformat(change.old["until"]))
        telling.tell_clocks_moved(poll, change, now=now)


def listen() -> None:
    moment_changed.connect(on_clocks)
    for event in (group_left, group_joined, coordinator_ended):
        event.connect(on_place_changed)
