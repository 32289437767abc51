"""What the agenda puts on the pages of others: the way to a calendar of their dates."""

from __future__ import annotations

from markupsafe import Markup

from app.advocacy.models import AdvocacySpace
from app.agenda.policy import can_keep_link
from app.core import slots
from app.core.actors import Actor
from app.core.slots import rendered
from app.people.models import Person
from app.sessions.models import Track
from app.workinggroups.models import WorkingGroup


def of_track(_actor: Actor, *, track: Track) -> Markup:
    """On the page of a published track: its dates in one's own calendar."""
    if track.published_at is None:
        return Markup("")
    return rendered("agenda/room.html", track=track)


def of_group(actor: Actor, *, group: WorkingGroup) -> Markup:
    """On the page of a group, for those who have dates there."""
    return rendered("agenda/room.html", group=group) if actor.is_person else Markup("")


def of_space(_actor: Actor, *, space: AdvocacySpace) -> Markup:
    """On the page of an advocacy space."""
    return rendered("agenda/room.html", space=space)


def of_account(actor: Actor, *, person: Person) -> Markup:
    """On one's own account: the private links."""
    return rendered("agenda/account_room.html") if can_keep_link(actor) else Markup("")


def fill() -> None:
    slots.fill("sessions.track", "agenda", of_track, order=80)
    slots.fill("advocacy.space", "agenda", of_space, order=80)
    slots.fill("workinggroups.group_public", "agenda", of_group, order=80)
    slots.fill("people.account", "agenda", of_account, order=30)
