"""Who may have a private calendar link: a person, for themselves, by their own hand."""

from __future__ import annotations

from app.agenda.models import CalendarLink
from app.core import permissions
from app.core.actors import Actor


def can_keep_link(actor: Actor, link: CalendarLink | None = None) -> bool:
    """A link opens what its person may see to whoever has it: a helper makes none, and nobody touches another's."""
    return actor.is_person and not actor.is_helped and (link is None or link.person_id == actor.person_id)


def register() -> None:
    permissions.register("agenda.keep_link", can_keep_link, "Make and revoke one's own private calendar links")
