"""What a group has from the spaces it follows on pages: their next dates on its own and on its handover sheet, the way
to choose them on its desk; on the front page what closes next."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from markupsafe import Markup

from app.advocacy.models import AdvocacySpace
from app.advocacy.queries import calendar as dates
from app.advocacy.queries import space_names
from app.advocacy.queries.calendar import Wanted
from app.advocacy.queries.following import list_followed, spaces_of_groups
from app.advocacy.showing.dates import deadline_lines, session_lines
from app.core import clock, slots
from app.core.actors import Actor
from app.core.names import Name
from app.core.permissions import can
from app.core.slots import rendered
from app.workinggroups.keys import GROUP, groups_named_in
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import is_inside

NEXT = 3
ON_SHEET = 10
ON_FRONT = 2


def _followed(group: WorkingGroup) -> list[tuple[AdvocacySpace, Name]]:
    spaces = [row.space for row in list_followed(group.id)]
    names = space_names(spaces)
    return [(space, names[space.id]) for space in spaces]


def _next_dates(space_ids: frozenset[UUID], size: int, now: datetime) -> dict[str, Any]:
    wanted = Wanted(space_ids=space_ids)
    return {
        "deadlines": deadline_lines(dates.list_next_deadlines(wanted, now=now, size=size), now),
        "sessions": session_lines(dates.page_of_sessions(wanted, now=now, size=size).rows, now),
    }


def _room(group: WorkingGroup, *, follows: bool) -> Markup:
    """The next dates of what a group follows; for whoever runs it, an invitation where it follows nothing."""
    followed = _followed(group)
    if not followed and not follows:
        return Markup("")
    ids = frozenset(space.id for space, _name in followed)
    found = _next_dates(ids, NEXT, clock.now()) if ids else {"deadlines": [], "sessions": []}
    return rendered("advocacy/group_room.html", group=group, followed=followed, follows=follows, **found)


def for_those_inside(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    return _room(group, follows=can(actor, "advocacy.follow", group))


def for_others(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """Which spaces a group follows is no secret; those inside read it among their rooms."""
    return Markup("") if is_inside(actor, group) else _room(group, follows=False)


def way_to_choose(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """On the desk of whoever runs a group."""
    return rendered("advocacy/desk_link.html", group=group) if can(actor, "advocacy.follow", group) else Markup("")


def on_handover_sheet(_actor: Actor, *, group: WorkingGroup) -> Markup:
    """For whoever takes over: what the group follows, and what closes next there."""
    followed = _followed(group)
    if not followed:
        return Markup("")
    found = _next_dates(frozenset(space.id for space, _name in followed), ON_SHEET, clock.now())
    return rendered("advocacy/handover.html", group=group, followed=followed, **found)


def on_the_front(actor: Actor) -> Markup:
    """What closes next: in the spaces that the reader's groups follow, else anywhere."""
    mine = spaces_of_groups(groups_named_in(actor, GROUP)) if actor.is_person else set()
    wanted = Wanted(space_ids=frozenset(mine)) if mine else Wanted()
    now = clock.now()
    lines = deadline_lines(dates.list_next_deadlines(wanted, now=now, size=ON_FRONT), now)
    return rendered("advocacy/front_room.html", lines=lines, is_mine=bool(mine)) if lines else Markup("")


def fill() -> None:
    slots.fill("workinggroups.group", "advocacy", for_those_inside, order=60)
    slots.fill("workinggroups.group_public", "advocacy", for_others, order=60)
    slots.fill("workinggroups.desk_links", "advocacy", way_to_choose, order=60)
    slots.fill("workinggroups.handover", "advocacy", on_handover_sheet, order=60)
    slots.fill("home.front", "advocacy", on_the_front, order=30)
