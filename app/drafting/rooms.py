"""Rooms that joint texts fill on the pages of others: on the page of a group, and what is read before leaving it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.core import slots
from app.core.actors import Actor
from app.core.permissions import can
from app.core.slots import rendered
from app.drafting import queries, showing
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import is_inside

IN_A_ROOM = 3


def texts_of_group(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """The texts that changed last, and the way to begin one."""
    if not is_inside(actor, group):
        return Markup("")
    newest, number = queries.list_newest(actor, group, limit=IN_A_ROOM)
    if not newest and not can(actor, "drafting.begin", group):
        return Markup("")
    lines = showing.lines_of(actor, newest)
    return rendered("drafting/group_room.html", group=group, lines=lines, number=number)


def left_behind(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """Read before leaving: what becomes of the texts one keeps."""
    number = len(queries.list_kept_by(actor.person_id, group.id)) if actor.is_person else 0
    return rendered("drafting/leaving.html", number=number) if number else Markup("")


def texts_under_way(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """For whoever takes the group over: the texts that are not finished, and what waits in them."""
    lines = showing.lines_of(actor, queries.list_under_way(actor, group))
    return rendered("drafting/handover.html", group=group, lines=lines) if lines else Markup("")


def fill() -> None:
    slots.fill("workinggroups.handover", "drafting", texts_under_way, order=45)
    slots.fill("workinggroups.group", "drafting", texts_of_group, order=45)
    slots.fill("workinggroups.leaving", "drafting", left_behind, order=45)
