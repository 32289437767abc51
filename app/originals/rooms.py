"""The room that translating fills on the page of one's account: what others wait to read."""

from __future__ import annotations

from markupsafe import Markup

from app.core import slots
from app.core.actors import Actor
from app.core.slots import rendered
from app.people.models import Person


def way_to_translating(_actor: Actor, *, person: Person) -> Markup:
    return rendered("originals/account_room.html", person=person)


def fill() -> None:
    slots.fill("people.account", "originals", way_to_translating, order=40)
