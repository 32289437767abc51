"""Events on the pages of others: what an organisation brings to the agenda, and the way to add one for a group."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.core import clock, slots
from app.core.actors import Actor
from app.core.permissions import can
from app.core.slots import rendered
from app.events import queries
from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup

IN_A_ROOM = 5


def of_organisation(actor: Actor, *, organisation: Organisation, **_more: Any) -> Markup:
    """The next events that an organisation brought."""
    events = queries.list_coming_of_organisation(actor, organisation.id, now=clock.now(), limit=IN_A_ROOM)
    return rendered("events/organisation_room.html", events=events) if events else Markup("")


def way_to_write(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """Among what those do who run a group."""
    return rendered("events/desk_link.html", group=group) if can(actor, "events.write", group) else Markup("")


def fill() -> None:
    slots.fill("people.organisation", "events", of_organisation, order=40)
    slots.fill("workinggroups.desk_links", "events", way_to_write, order=70)
