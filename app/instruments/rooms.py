"""A way to the instruments on the page of the calendar."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.core import slots
from app.core.actors import Actor
from app.core.slots import rendered


def way_to_instruments(_actor: Actor, **_more: Any) -> Markup:
    """From the calendar to the list."""
    return rendered("instruments/calendar_link.html")


def fill() -> None:
    slots.fill("advocacy.calendar_links", "instruments", way_to_instruments, order=40)
