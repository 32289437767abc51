"""What the group itself puts into the room of those inside: its next dates; on the front page, the reader's groups."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.core import clock, slots
from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.core.slots import rendered
from app.workinggroups import words
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import is_inside
from app.workinggroups.queries import list_my_groups
from app.workinggroups.showing.year import coming_dates


def next_dates(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """The next five dates of a group, whatever they are dates of; nothing where nothing is planned."""
    lines = coming_dates(actor, group, clock.now()) if is_inside(actor, group) else []
    return rendered("workinggroups/year_room.html", group=group, lines=lines) if lines else Markup("")


def my_groups(actor: Actor) -> Markup:
    """On the front page the groups that the reader is inside of, beside their tracks."""
    groups = list_my_groups(actor)
    if not groups:
        return Markup("")
    names = names_of("group", [group.id for group in groups], page_language())
    return rendered("workinggroups/my_groups.html", groups=groups, names=names, words=words)


def fill() -> None:
    slots.fill("home.mine", "workinggroups", my_groups, order=50)
    slots.fill("workinggroups.group", "workinggroups", next_dates, order=10)
