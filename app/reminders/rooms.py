"""Rooms and links on the pages of others: the way to a plan, and who takes care of a deadline."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from markupsafe import Markup

from app.advocacy.models import AdvocacySpace, Occurrence, Step
from app.advocacy.queries.occurrences import list_steps
from app.advocacy.words import step_name
from app.core import clock, slots
from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.core.permissions import can
from app.core.slots import rendered
from app.engagements.models import UNDER_WAY, Engagement
from app.moments.shown import day_of, shown_facts
from app.people.queries import names_shown
from app.reminders.addresses import HOUSE, place_path
from app.reminders.kinds import Scope
from app.reminders.policy import Answering, Place
from app.reminders.queries import Standing, groups_by_id, standings_of
from app.reminders.things.bodies import is_open
from app.sessions.models import Track
from app.workinggroups.keys import GROUP, groups_named_in
from app.workinggroups.models import WorkingGroup


def _link(actor: Actor, place: Place) -> Markup:
    if not can(actor, "reminders.plan", place):
        return Markup("")
    return rendered("reminders/link.html", href=place_path(place))


def link_of_track(actor: Actor, *, track: Track, **_more: Any) -> Markup:
    return _link(actor, Place(Scope.TRACK, track))


def link_of_group(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    return _link(actor, Place(Scope.GROUP, group))


def way_for_whoever_takes_part(actor: Actor, *, track: Track, **_more: Any) -> Markup:
    """Whoever leads has the way on their desk."""
    return _way(actor, Place(Scope.TRACK, track))


def way_for_those_inside(actor: Actor, *, group: WorkingGroup, **_more: Any) -> Markup:
    return _way(actor, Place(Scope.GROUP, group))


def _way(actor: Actor, place: Place) -> Markup:
    if can(actor, "reminders.plan", place):
        return Markup("")
    return rendered("reminders/link.html", href=place_path(place))


def room_of_space(actor: Actor, *, space: AdvocacySpace, **_more: Any) -> Markup:
    """For whoever keeps dates: the way to the plan of this space."""
    place = Place(Scope.SPACE, space)
    if not can(actor, "reminders.plan", place):
        return Markup("")
    return rendered("reminders/space_room.html", href=place_path(place))


def room_of_house(actor: Actor, **_more: Any) -> Markup:
    if not can(actor, "reminders.plan", Place(Scope.HOUSE)):
        return Markup("")
    return rendered("reminders/house_room.html", href=HOUSE)


@dataclass(frozen=True, slots=True)
class CareShown:
    """One deadline and one group. `who` and `since`: who takes care of it, "" where nobody does; `is_shared`: it is a
    group beside this one. `before`: who took care of an earlier date, and which. `may`: the reader may say so,
    `may_hand_back`: that nobody does."""

    step: Step
    name: Any
    group: WorkingGroup
    group_name: Name
    who: Any
    since: str
    is_shared: bool
    before: tuple[Any, str] | None
    may: bool
    may_hand_back: bool


def who_takes_care(actor: Actor, *, occurrence: Occurrence, **_more: Any) -> Markup:
    """On the page of a session: of its open deadlines, for whoever is inside a group that cares about them."""
    return _care_room(actor, [step for step in list_steps(occurrence) if step.is_deadline], None)


def who_takes_care_of_ours(actor: Actor, *, engagement: Engagement, **_more: Any) -> Markup:
    """On the page of an engagement: of the deadline it works towards."""
    if engagement.step is None or not engagement.step.is_deadline or engagement.state not in UNDER_WAY:
        return Markup("")
    return _care_room(actor, [engagement.step], {group.id for group in engagement.groups})


def _care_room(actor: Actor, steps: Collection[Step], group_ids: set[UUID] | None) -> Markup:
    if not actor.is_person or not (actor.is_secretariat or groups_named_in(actor, GROUP)):
        return Markup("")
    now = clock.now()
    lines = cares_shown(actor, [step for step in steps if is_open(step, now)], group_ids)
    return rendered("reminders/care_room.html", lines=lines) if lines else Markup("")


def cares_shown(actor: Actor, steps: Collection[Step], group_ids: set[UUID] | None) -> list[CareShown]:
    """Return how groups stand towards deadlines, as far as the reader is inside of them; of some groups alone."""
    inside = groups_named_in(actor, GROUP)
    found = [
        one
        for one in standings_of(steps)
        if (actor.is_secretariat or one.unit.group_id in inside)
        and (group_ids is None or one.unit.group_id in group_ids)
    ]
    groups = groups_by_id({one.unit.group_id for one in found})
    names = names_of("group", groups, page_language())
    given = [row.acknowledged_by for one in found for row in (one.unit.care, one.before) if row is not None]
    hands = frozenset(person_id for person_id in given if person_id is not None)
    people = names_shown(actor, hands, hands) if hands else {}
    return [_shown(actor, one, groups[one.unit.group_id], names[one.unit.group_id], people) for one in found]


def _shown(actor: Actor, one: Standing, group: WorkingGroup, name: Name, people: dict[Any, Any]) -> CareShown:
    care, before = one.unit.care, one.before
    is_own, runs = one.unit.is_answered, can(actor, "reminders.acknowledge", Answering(group, True))
    return CareShown(
        step=one.step,
        name=step_name(one.step),
        group=group,
        group_name=name,
        who=people.get(care.acknowledged_by, "") if care is not None and is_own else "",
        since=day_of(care.acknowledged_at) if care is not None and is_own and care.acknowledged_at is not None else "",
        is_shared=one.unit.is_taken and not is_own,
        before=(people.get(before.acknowledged_by, ""), shown_facts(before.said).words) if before is not None else None,
        may=not one.unit.is_taken and runs,
        may_hand_back=is_own and runs,
    )


def fill() -> None:
    slots.fill("sessions.track_member_links", "reminders", way_for_whoever_takes_part, order=90)
    slots.fill("workinggroups.group_member", "reminders", way_for_those_inside, order=90)
    slots.fill("sessions.track_desk_itself", "reminders", link_of_track, order=60)
    slots.fill("workinggroups.desk_links", "reminders", link_of_group, order=55)
    slots.fill("advocacy.space", "reminders", room_of_space, order=80)
    slots.fill("house.settings", "reminders", room_of_house, order=50)
    slots.fill("advocacy.occurrence", "reminders", who_takes_care, order=30)
    slots.fill("engagements.engagement", "reminders", who_takes_care_of_ours, order=5)
