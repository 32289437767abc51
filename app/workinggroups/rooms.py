"""What the group itself puts among the rooms for those inside: dates that no room above shows; on the front page, the
reader's groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from app.core import slots
from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.core.slots import rendered
from app.workinggroups import words
from app.workinggroups.models import WorkingGroup
from app.workinggroups.queries import list_my_groups
from app.workinggroups.showing.year import coming_dates


def dates_room(actor: Actor, group: WorkingGroup, above: Sequence[Markup], now: datetime) -> Markup:
    """The next five dates of a group that are not linked in the rooms `above`, and the way to its plan of the year."""
    lines = coming_dates(actor, group, now, above="".join(above))
    return rendered("workinggroups/year_room.html", group=group, lines=lines)


def my_groups(actor: Actor) -> Markup:
    """On the front page the groups that the reader is inside of, beside their tracks."""
    groups = list_my_groups(actor)
    if not groups:
        return Markup("")
    names = names_of("group", [group.id for group in groups], page_language())
    return rendered("workinggroups/my_groups.html", groups=groups, names=names, words=words)


def fill() -> None:
    slots.fill("home.mine", "workinggroups", my_groups, order=50)
