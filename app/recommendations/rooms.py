"""Rooms on the pages of others: what a space, a session or an engagement brought, what an organisation follows."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.advocacy.models import AdvocacySpace, Occurrence
from app.advocacy.queries import list_spaces, with_children
from app.core import slots
from app.core.actors import NETWORK, Actor
from app.core.permissions import can
from app.core.slots import rendered
from app.engagements.models import Engagement
from app.engagements.policy import can_read
from app.people.models import Organisation
from app.recommendations import queries, showing
from app.recommendations.queries import Wanted

IN_A_ROOM = 3
OF_AN_ENGAGEMENT = 20


def of_space(actor: Actor, *, space: AdvocacySpace, **_more: Any) -> Markup:
    """What a space, and those below it, recommended last."""
    below = frozenset(with_children([space.id], list_spaces()))
    return _room(actor, Wanted(space_ids=below), space=space, query={"space": space.slug})


def of_occurrence(actor: Actor, *, occurrence: Occurrence, **_more: Any) -> Markup:
    """What was recommended at one occurrence."""
    wanted = Wanted(occurrence_id=occurrence.id)
    return _room(actor, wanted, space=occurrence.space, query={"occurrence": occurrence.id}, occurrence=occurrence)


def of_engagement(actor: Actor, *, engagement: Engagement, **_more: Any) -> Markup:
    """What grew out of an engagement."""
    if not can_read(actor, engagement):
        return Markup("")
    wanted = Wanted(engagement_id=engagement.id)
    return _room(actor, wanted, space=engagement.space, engagement=engagement, limit=OF_AN_ENGAGEMENT)


def _room(actor: Actor, wanted: Wanted, *, limit: int = IN_A_ROOM, **values: Any) -> Markup:
    """The room; where there is nothing, only whoever may write something down is invited to."""
    rows, count = queries.newest_of(wanted, limit)
    keeps = can(actor, "recommendations.keep")
    if not rows and not keeps:
        return Markup("")
    lines, network = showing.lines_of(actor, rows), actor.holds(NETWORK)
    return rendered("recommendations/room.html", lines=lines, count=count, keeps=keeps, is_of_network=network, **values)


def of_organisation(actor: Actor, *, organisation: Organisation, **_more: Any) -> Markup:
    """What an organisation follows."""
    rows, count = queries.newest_of(Wanted(followed_by=frozenset({organisation.id})), OF_AN_ENGAGEMENT)
    if not rows:
        return Markup("")
    lines, network = showing.lines_of(actor, rows), actor.holds(NETWORK)
    return rendered("recommendations/followed_room.html", lines=lines, count=count, is_of_network=network)


def way_to_register(_actor: Actor, **_more: Any) -> Markup:
    """From the calendar to the register."""
    return rendered("recommendations/calendar_link.html")


def fill() -> None:
    slots.fill("advocacy.calendar_links", "recommendations", way_to_register, order=30)
    slots.fill("advocacy.space", "recommendations", of_space, order=60)
    slots.fill("advocacy.occurrence", "recommendations", of_occurrence, order=60)
    slots.fill("engagements.engagement", "recommendations", of_engagement, order=60)
    slots.fill("people.organisation", "recommendations", of_organisation, order=60)
