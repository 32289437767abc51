"""What the agenda does when an account trusts nothing that was made before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.agenda.services import revoke_links
from app.core.actors import Actor
from app.people.events import links_revoked
from app.people.models import Person


def on_links_revoked(person: Person, *, actor: Actor, now: datetime, **_more: Any) -> None:
    revoke_links(actor, person.id, now=now)


def listen() -> None:
    links_revoked.connect(on_links_revoked)
