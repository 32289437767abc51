"""Rooms on the pages of others: what a group has to do, and what leaving it gives back."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.core import clock, slots
from app.core.actors import Actor
from app.core.permissions import can
from app.core.slots import rendered
from app.moments.models import Status
from app.outcomes import taken_up
from app.tasks import queries, showing
from app.tasks.models import TO_DO
from app.workinggroups.models import GroupMeeting, WorkingGroup
from app.workinggroups.policy import is_inside

IN_A_ROOM = 3
"""So many tasks of the reader, and so many others, stand on the page of a group."""

ON_SHEET = 40
"""So many open tasks stand on the sheet of whoever takes over a group."""


def tasks_of_group(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """The reader's next tasks, then the group's, how many are to be done, and the way to note one."""
    if not is_inside(actor, group):
        return Markup("")
    now, counts = clock.now(), queries.count_by_state(group)
    notes = can(actor, "tasks.note", group)
    if not sum(counts.values()) and not notes:
        return Markup("")
    mine = queries.list_mine(actor, group, limit=IN_A_ROOM)
    others = queries.page_of_tasks(group, states=TO_DO, whose=queries.not_of(actor.person_id), size=IN_A_ROOM).rows
    lines, to_do = showing.tasks_shown(actor, group, [*mine, *others], now), sum(counts[state] for state in TO_DO)
    return rendered("tasks/group_room.html", group=group, lines=lines, counts=counts, notes=notes, to_do=to_do)


def open_tasks(actor: Actor, *, group: WorkingGroup) -> Markup:
    """On the handover sheet: what somebody does, and what nobody has taken yet."""
    now, counts = clock.now(), queries.count_by_state(group)
    lines = showing.tasks_shown(actor, group, queries.page_of_tasks(group, states=TO_DO, size=ON_SHEET).rows, now)
    return rendered(
        "tasks/handover.html",
        group=group,
        lines=[line for line in lines if line.owner],
        free=[line for line in lines if not line.owner],
        more=sum(counts[state] for state in TO_DO) - len(lines),
        counts=counts,
    )


def way_to_note(actor: Actor, *, session: GroupMeeting) -> Markup:
    """On the page of a meeting: what was agreed on becomes a task of the group."""
    if session.moment.status is Status.CANCELLED or not can(actor, "tasks.note", session.group):
        return Markup("")
    return rendered("tasks/meeting_link.html", group=session.group)


def given_back_by_leaving(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """Read before leaving: what goes back to the group."""
    count = queries.count_mine(actor, group)
    return rendered("tasks/leaving.html", count=count) if count else Markup("")


def fill() -> None:
    slots.fill("workinggroups.group", "tasks", tasks_of_group, order=30)
    slots.fill("sessions.meeting", "tasks", way_to_note, order=30)
    slots.fill("workinggroups.handover", "tasks", open_tasks, order=20)
    slots.fill("workinggroups.leaving", "tasks", given_back_by_leaving, order=30)
    taken_up.register("tasks", showing.taking_up)
