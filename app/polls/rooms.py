"""Rooms on the pages of others: the polls of a group, what leaving takes along, what is open when it is handed on."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.core import clock, slots
from app.core.actors import Actor
from app.core.slots import rendered
from app.polls import policy, queries
from app.polls.showing import lines_of
from app.workinggroups.models import WorkingGroup

IN_A_ROOM = 3
"""So many open polls stand on the page of a group."""


def polls_of_group(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """What is open, what waits for the reader first; and the way to ask something."""
    polls = queries.list_polls(actor, group)
    may_start = policy.can_start(actor, group) and policy.writes(group)
    if not polls and not may_start:
        return Markup("")
    lines = [line for line in lines_of(actor, polls, clock.now()) if line.is_open]
    return rendered(
        "polls/group_room.html", group=group, lines=lines[:IN_A_ROOM], is_used=bool(polls), may_start=may_start
    )


def taken_along(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """Read before leaving: answers that nobody has seen yet go along."""
    if actor.person_id is None:
        return Markup("")
    number = queries.count_open_answers(group.id, actor.person_id, clock.now())
    return rendered("polls/leaving.html", number=number) if number else Markup("")


def still_open(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """On the handover sheet: what the group is being asked."""
    lines = [line for line in lines_of(actor, queries.list_polls(actor, group), clock.now()) if line.is_open]
    return rendered("polls/handover.html", group=group, lines=lines) if lines else Markup("")


def fill() -> None:
    slots.fill("workinggroups.group", "polls", polls_of_group, order=45)
    slots.fill("workinggroups.leaving", "polls", taken_along, order=45)
    slots.fill("workinggroups.handover", "polls", still_open, order=15)
