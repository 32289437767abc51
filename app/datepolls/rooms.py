"""Rooms on the pages of others: the date polls of a track and of a group, what leaving takes along, what is open when
they are handed on, and the way to ask."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.core import clock, slots
from app.core.actors import Actor
from app.core.slots import rendered
from app.datepolls import policy, queries
from app.datepolls.circles import circle_of
from app.datepolls.policy import Owner
from app.datepolls.showing.lists import lines_of
from app.sessions.models import Track
from app.workinggroups.models import WorkingGroup

IN_A_ROOM = 3
"""So many undecided date polls stand on the page of a track or a group."""


def of_group(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    return _room(actor, group)


def of_track(actor: Actor, *, track: Track) -> Markup:
    return _room(actor, track)


def _room(actor: Actor, owner: Owner) -> Markup:
    """What is still asked, what waits for the reader first; nothing where nothing was ever asked."""
    polls = queries.list_undecided_first(actor, owner)
    if not polls:
        return Markup("")
    lines = lines_of(actor, [poll for poll in polls if poll.is_undecided], clock.now())
    return rendered("datepolls/room.html", circle=circle_of(owner), lines=lines[:IN_A_ROOM])


def way_to_ask_group(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    return _way_to_ask(actor, group)


def way_to_ask_track(actor: Actor, *, track: Track) -> Markup:
    return _way_to_ask(actor, track)


def _way_to_ask(actor: Actor, owner: Owner) -> Markup:
    """On the desk of those who plan."""
    if not policy.can_ask(actor, owner) or not policy.meets(owner):
        return Markup("")
    return rendered("datepolls/button.html", circle=circle_of(owner))


def taken_along(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """Read before leaving: what one said of hours that are still asked goes along."""
    if actor.person_id is None:
        return Markup("")
    number = queries.count_open_answers(group, actor.person_id, clock.now())
    return rendered("datepolls/leaving.html", number=number) if number else Markup("")


def open_in_group(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    return _still_open(actor, group)


def open_in_track(actor: Actor, *, track: Track, **_more: Any) -> Markup:
    return _still_open(actor, track)


def _still_open(actor: Actor, owner: Owner) -> Markup:
    """On the handover sheet: for what an hour is being looked for."""
    lines = lines_of(actor, queries.list_undecided(actor, owner), clock.now())
    return rendered("datepolls/handover.html", lines=lines) if lines else Markup("")


def fill() -> None:
    slots.fill("workinggroups.group", "datepolls", of_group, order=6)
    slots.fill("workinggroups.desk", "datepolls", way_to_ask_group, order=12)
    slots.fill("workinggroups.leaving", "datepolls", taken_along, order=46)
    slots.fill("workinggroups.handover", "datepolls", open_in_group, order=16)
    slots.fill("sessions.track", "datepolls", of_track, order=5)
    slots.fill("sessions.track_desk", "datepolls", way_to_ask_track, order=10)
    slots.fill("outcomes.handover", "datepolls", open_in_track, order=15)
