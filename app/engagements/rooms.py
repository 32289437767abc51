"""Rooms on the pages of others: what a group has under way, what is planned towards a space and at an occurrence."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from app.advocacy.models import AdvocacySpace, Occurrence
from app.core import clock, slots
from app.core.actors import Actor
from app.core.permissions import can
from app.core.slots import rendered
from app.engagements import queries
from app.engagements.showing import lines_of
from app.instruments.models import Instrument
from app.moments.models import Status
from app.workinggroups.keys import COORDINATORS, groups_named_in
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import is_inside

IN_A_ROOM = 5
ON_SHEET = 30


def may_plan(actor: Actor) -> bool:
    """Whether somebody runs a group for which they could plan; the form says more."""
    return actor.is_secretariat or (actor.is_person and bool(groups_named_in(actor, COORDINATORS)))


def engagements_of_group(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """What the group has open, what closes next first, for those inside."""
    if not is_inside(actor, group):
        return Markup("")
    plans, total = can(actor, "engagements.plan", group), sum(queries.count_by_state(actor, group).values())
    if not total and not plans:
        return Markup("")
    rows = queries.list_of_group(actor, group, size=IN_A_ROOM).rows
    lines = lines_of(actor, rows, clock.now())
    return rendered("engagements/group_room.html", group=group, lines=lines, plans=plans, total=total)


def way_to_plan(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    """On the desk of whoever runs a group."""
    return rendered("engagements/desk.html", group=group) if can(actor, "engagements.plan", group) else Markup("")


def open_engagements(actor: Actor, *, group: WorkingGroup) -> Markup:
    """On the handover sheet: what is open, with what is in the way."""
    page = queries.list_of_group(actor, group, size=ON_SHEET)
    lines = lines_of(actor, page.rows, clock.now())
    return rendered("engagements/handover.html", group=group, lines=lines, is_more=bool(page.next_cursor))


def engagements_of_space(actor: Actor, *, space: AdvocacySpace, **_more: Any) -> Markup:
    """On the page of a space: what the reader may read, and the way to plan."""
    return _room(actor, queries.list_of_space(actor, space, size=IN_A_ROOM), space, None)


def engagements_of_occurrence(actor: Actor, *, occurrence: Occurrence, **_more: Any) -> Markup:
    """On the page of a session: our plan."""
    return _room(actor, queries.list_of_occurrence(actor, occurrence, size=IN_A_ROOM), occurrence.space, occurrence)


def _room(actor: Actor, page: Any, space: AdvocacySpace, occurrence: Occurrence | None) -> Markup:
    is_called_off = occurrence is not None and occurrence.moment.status is Status.CANCELLED
    plans = may_plan(actor) and not is_called_off
    if not page.rows and not plans:
        return Markup("")
    return rendered(
        "engagements/space_room.html",
        lines=lines_of(actor, page.rows, clock.now()),
        is_more=bool(page.next_cursor),
        space=space,
        occurrence=occurrence,
        plans=plans,
    )


def uses_of_instrument(actor: Actor, *, instrument: Instrument, **_more: Any) -> Markup:
    """On the page of a shared template: whose text was begun from it."""
    rows, total = queries.list_begun_from(actor, instrument.id, most=IN_A_ROOM)
    if not total:
        return Markup("")
    lines = lines_of(actor, rows, clock.now())
    return rendered("engagements/used_in.html", lines=lines, others=total - len(lines))


def way_to_begin(actor: Actor, *, instrument: Instrument) -> Markup:
    """On the page of a shared template: to a text that begins from it, for whoever writes texts of engagements."""
    if instrument.is_withdrawn or not queries.writes_texts(actor):
        return Markup("")
    return rendered("engagements/begin_from_link.html", instrument=instrument)


def way_to_list(actor: Actor) -> Markup:
    """On the calendar: what groups do, for whoever signed in."""
    return rendered("engagements/calendar_link.html") if actor.is_person else Markup("")


def fill() -> None:
    slots.fill("advocacy.calendar_links", "engagements", way_to_list, order=20)
    slots.fill("workinggroups.group", "engagements", engagements_of_group, order=15)
    slots.fill("workinggroups.desk", "engagements", way_to_plan, order=60)
    slots.fill("workinggroups.handover", "engagements", open_engagements, order=25)
    slots.fill("advocacy.space", "engagements", engagements_of_space, order=20)
    slots.fill("advocacy.occurrence", "engagements", engagements_of_occurrence, order=20)
    slots.fill("instruments.ways", "engagements", way_to_begin)
    slots.fill("instruments.instrument", "engagements", uses_of_instrument)
