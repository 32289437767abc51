"""Meetings on the page of their group: the next one with its hour, the last one with its minutes, the way to plan."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.core import clock
from app.core.actors import Actor
from app.core.context import page_language
from app.core.permissions import can
from app.core.slots import rendered
from app.outcomes import queries as outcomes
from app.outcomes.showing import GLIMPSE, notes_first, notes_shown
from app.sessions.hosts import titles_of
from app.workinggroups import queries
from app.workinggroups.models import GroupMeeting, WorkingGroup
from app.workinggroups.policy import is_inside, may_meet


def meetings_of_group(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """The next meeting and the last one; nothing in a group that never met and never will."""
    if not is_inside(actor, group):
        return Markup("")
    now, plans = clock.now(), may_meet(group) and can(actor, "workinggroups.plan_meeting", group)
    coming = queries.find_next_meeting(actor, group, now=now)
    last = queries.find_last_meeting(actor, group, now=now)
    if coming is None and last is None and not may_meet(group):
        return Markup("")
    return rendered(
        "workinggroups/meetings_room.html",
        group=group,
        coming=coming,
        last=last,
        names=titles_of([row for row in (coming, last) if row is not None], page_language()),
        minutes=_beginning_of_minutes(actor, last) if last is not None else None,
        plans=plans,
    )


def _beginning_of_minutes(actor: Actor, meeting: GroupMeeting) -> Any:
    first = notes_first(outcomes.list_notes(actor, meeting))
    return notes_shown(actor, meeting, first, longest=GLIMPSE) if first is not None else None


def way_to_plan(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """On the desk of those who run a group that meets."""
    if not may_meet(group) or not can(actor, "workinggroups.plan_meeting", group):
        return Markup("")
    return rendered("workinggroups/meeting_button.html", group=group)
