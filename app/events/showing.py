"""What the page of an event prints beside its own words: whose agenda it stands in, who reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from app.core.actors import NETWORK, PUBLIC, Actor
from app.core.context import page_language
from app.core.markdown import to_html
from app.core.names import Name, names_of
from app.events.models import Event
from app.workinggroups.addresses import group_path
from app.workinggroups.policy import is_known_to


@dataclass(frozen=True, slots=True)
class Owner:
    """The group or the organisation that keeps an event, where the actor may know of it."""

    name: Name
    href: str


def owner_of(actor: Actor, event: Event) -> Owner | None:
    language = page_language()
    if event.group is not None and is_known_to(actor, event.group):
        return Owner(names_of("group", [event.group.id], language)[event.group.id], group_path(event.group.slug))
    if event.organisation is not None and event.organisation.is_listed:
        row = event.organisation
        return Owner(names_of("organisation", [row.id], language)[row.id], f"/organisations/{row.id}")
    return None


def page_values(actor: Actor, event: Event) -> dict[str, Any]:
    """Return what the page of an event needs."""
    return {
        "event": event,
        "title": Name(event.title, event.language, is_fallback=event.language != page_language()),
        "description": to_html(event.description),
        "owner": owner_of(actor, event),
        "host": host_of(event.address),
        "is_inside": event.moment.audience not in (NETWORK, PUBLIC),
    }


def host_of(address: str) -> str:
    """Return the name of a host, to be read beside a link that leads out of the house."""
    return (urlsplit(address).hostname or "").removeprefix("www.") if address else ""
