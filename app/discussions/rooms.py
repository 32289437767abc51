"""Rooms that topics fill on the pages of others: on the page of a group, and what is read before leaving it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.core import slots
from app.core.actors import Actor
from app.core.permissions import can
from app.core.slots import rendered
from app.discussions import queries, showing
from app.discussions.queries.leaving import list_open
from app.workinggroups.models import WorkingGroup

IN_A_ROOM = 3
ON_SHEET = 12


def topics_of_group(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """The topics in which somebody wrote last, and the way to open one."""
    if not can(actor, "discussions.read", group):
        return Markup("")
    newest = queries.list_newest(actor, group, limit=IN_A_ROOM)
    if not newest and not can(actor, "discussions.write", group):
        return Markup("")
    return rendered(
        "discussions/group_room.html",
        group=group,
        lines=showing.lines_of(actor, newest),
        number=queries.count_topics(actor, group) if len(newest) == IN_A_ROOM else len(newest),
    )


def open_topics(actor: Actor, *, group: WorkingGroup) -> Markup:
    """On the handover sheet: what is being talked about."""
    lines = showing.lines_of(actor, list_open(actor, group, limit=ON_SHEET))
    return rendered("discussions/handover.html", group=group, lines=lines) if lines else Markup("")


def left_behind(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """Read before leaving: what becomes of one's own words."""
    number = queries.count_own_posts(actor, group)
    return rendered("discussions/leaving.html", number=number) if number else Markup("")


def fill() -> None:
    slots.fill("workinggroups.group", "discussions", topics_of_group, order=40)
    slots.fill("workinggroups.handover", "discussions", open_topics, order=30)
    slots.fill("workinggroups.leaving", "discussions", left_behind, order=40)
