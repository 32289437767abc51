"""What the group itself puts into the room of those inside: its next dates."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.core import clock, slots
from app.core.actors import Actor
from app.core.slots import rendered
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import is_inside
from app.workinggroups.showing.year import coming_dates


def next_dates(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """The next five dates of a group, whatever they are dates of; nothing where nothing is planned."""
    lines = coming_dates(actor, group, clock.now()) if is_inside(actor, group) else []
    return rendered("workinggroups/year_room.html", group=group, lines=lines) if lines else Markup("")


def fill() -> None:
    slots.fill("workinggroups.group", "workinggroups", next_dates, order=10)
