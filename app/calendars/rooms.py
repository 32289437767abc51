"""The way to the calendars of others on the pages of groups and organisations, for those who keep them."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.calendars import queries
from app.calendars.addresses import calendars_path
from app.core import slots
from app.core.actors import Actor
from app.core.permissions import can
from app.core.slots import rendered
from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup


def of_group(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """Among what those do who run a group."""
    if not can(actor, "calendars.bring", group):
        return Markup("")
    return rendered("calendars/desk_link.html", href=calendars_path(group))


def of_organisation(actor: Actor, *, organisation: Organisation, **_more: Any) -> Markup:
    """For who speaks for the organisation: how many are read, and the way to bring one."""
    if not can(actor, "calendars.bring", organisation):
        return Markup("")
    count, href = queries.count_feeds(organisation), calendars_path(organisation)
    return rendered("calendars/organisation_room.html", count=count, href=href)


def fill() -> None:
    slots.fill("workinggroups.desk_links", "calendars", of_group, order=75)
    slots.fill("people.organisation", "calendars", of_organisation, order=41)
