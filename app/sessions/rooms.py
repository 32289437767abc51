"""What this package itself adds to the pages of one kind of gathering."""

from __future__ import annotations

from markupsafe import Markup

from app.core import slots
from app.core.actors import Actor
from app.core.slots import rendered
from app.sessions.models import LearningSession


def way_to_copy(_actor: Actor, *, session: LearningSession) -> Markup:
    """Among the links on the desk of those who lead a session: a new one like it."""
    return rendered("sessions/copy_link.html", session=session)


def fill() -> None:
    slots.fill("sessions.session_desk_links", "sessions", way_to_copy, order=90)
