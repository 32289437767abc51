"""On the page of an event: who proposed it, where they agreed to be named."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.core import slots
from app.core.actors import Actor
from app.core.slots import rendered
from app.events.models import Event
from app.proposals.queries import find_of_event


def proposed_by(_actor: Actor, *, event: Event, **_more: Any) -> Markup:
    proposal = find_of_event(event.id)
    if proposal is None or not proposal.is_named or not proposal.name:
        return Markup("")
    return rendered("proposals/proposed_by.html", proposal=proposal)


def fill() -> None:
    slots.fill("events.event", "proposals", proposed_by)
