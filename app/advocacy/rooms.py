"""Rooms of advocacy on the pages of others."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.advocacy.access_showing import lines_of_access
from app.core import clock, slots
from app.core.actors import Actor
from app.core.permissions import can
from app.core.slots import rendered
from app.people.models import Organisation


def access_of_organisation(actor: Actor, *, organisation: Organisation, **_more: Any) -> Markup:
    """What it has been granted; for whoever keeps it, the way to note more."""
    keeps, lines = can(actor, "advocacy.keep_access", organisation), lines_of_access(organisation, clock.now().date())
    if not lines and not keeps:
        return Markup("")
    now, other = [line for line in lines if line.is_now], [line for line in lines if not line.is_now]
    return rendered("advocacy/access_room.html", organisation=organisation, lines=now, others=other, keeps=keeps)


def fill() -> None:
    slots.fill("people.organisation", "advocacy", access_of_organisation, order=20)
