"""Who runs the house: its name and rules are the secretariat's; a message is read by whom it was sent to."""

from __future__ import annotations

from app.core import permissions
from app.core.actors import Actor
from app.house.models import ContactMessage


def can_run_house(actor: Actor, _thing: object = None) -> bool:
    """Name, picture, affiliations, regions and subjects of the contact form."""
    return actor.is_secretariat


def can_answer(actor: Actor, message: ContactMessage | None = None) -> bool:
    """Who received it: those who speak for the organisation it was routed to, and the secretariat."""
    return actor.is_secretariat or (message is not None and actor.is_person and actor.holds(message.audience))


def register() -> None:
    permissions.register("house.run", can_run_house, "Name the house, set its rules and the contact form")
    permissions.register("house.answer", can_answer, "Say that a message of the contact form is answered")
