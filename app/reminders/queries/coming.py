"""What a plan holds for, and what is sent next by it: reckoned from the dates, as the planning does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.advocacy.models import Occurrence, Step
from app.core.actors import Actor
from app.core.registries import Card, cards
from app.decisions.models import Decision
from app.events.models import Event, EventSource
from app.extensions import db
from app.moments.models import Moment
from app.outcomes.models import Outcome
from app.reminders.defaults import Rule
from app.reminders.kinds import DEADLINES, Kind
from app.reminders.models import PlannedReminder
from app.reminders.queries.plans import rules_for
from app.reminders.reckoning import Due, plan
from app.reminders.things import Thing, read_things
from app.reminders.things.bodies import codes_of
from app.sessions.models import LearningSession, Track
from app.tasks.models import Task
from app.workinggroups.models import GroupMeeting

LOOKED_AT = 60
"""So many of the next dates are looked at for what is sent next."""


def moments_of(kind: Kind, scope_id: UUID | None, now: datetime) -> sa.Select[UUID]:
    """Select the moments of one kind that are not over, of one track, group or space, or of all of them."""
    if kind in DEADLINES:
        wanted = sa.select(Step.moment_id).join(Occurrence, Occurrence.id == Step.occurrence_id)
        own: Any = wanted.where(Step.code.in_(codes_of(kind)))
        owner: Any = Occurrence.space_id
    else:
        own, owner = _OWNED[kind]()
    if scope_id is not None:
        own = own.where(owner == scope_id)
    among: sa.ColumnElement[bool] = Moment.id.in_(own)
    if kind is Kind.MEETING:
        among = sa.or_(among, _is_event_of(scope_id))
    if kind is Kind.TASK:
        among = sa.or_(among, _is_agreed_in(scope_id))
    return sa.select(Moment.id).where(among, Moment.until >= now).order_by(Moment.starts_at, Moment.id)


def _is_event_of(group_id: UUID | None) -> sa.ColumnElement[bool]:
    """The filter for what others organise and somebody wrote down for a group, or for any."""
    whose = Event.group_id == group_id if group_id is not None else Event.group_id.is_not(None)
    return Moment.id.in_(sa.select(Event.moment_id).where(whose, Event.source == EventSource.HAND))


def _is_agreed_in(track_id: UUID | None) -> sa.ColumnElement[bool]:
    """The filter for what the sessions of a track agreed on, or those of any."""
    agreed = sa.select(Outcome.moment_id).where(Outcome.moment_id.is_not(None))
    if track_id is not None:
        agreed = agreed.join(LearningSession, LearningSession.id == Outcome.session_id)
        agreed = agreed.where(LearningSession.track_id == track_id)
    return Moment.id.in_(agreed)


_OWNED: dict[Kind, Any] = {
    Kind.SESSION: lambda: (sa.select(LearningSession.moment_id), LearningSession.track_id),
    Kind.JOINING: lambda: (
        sa.select(Moment.id).join(Track, Track.id == Moment.subject_id).where(Moment.subject_kind == "intake"),
        Track.id,
    ),
    Kind.MEETING: lambda: (sa.select(GroupMeeting.moment_id), GroupMeeting.group_id),
    Kind.TASK: lambda: (sa.select(Task.moment_id).where(Task.moment_id.is_not(None)), Task.group_id),
    Kind.REVIEW: lambda: (sa.select(Decision.review_id).where(Decision.review_id.is_not(None)), Decision.group_id),
    Kind.OCCURRENCE: lambda: (sa.select(Occurrence.moment_id), Occurrence.space_id),
}
"""What selects the moments of a kind, and the column of whose they are."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A reminder that is sent next: of what, when, by which rule."""

    thing: Thing
    card: Card
    due: Due
    rule: Rule


def list_coming(actor: Actor, kind: Kind, scope_id: UUID | None, *, now: datetime, most: int) -> list[Coming]:
    """Return what is sent next by the plan that holds for a place, the first first; of what the actor sees."""
    chosen = list(db.session.scalars(moments_of(kind, scope_id, now).limit(LOOKED_AT)))
    moments = list(db.session.scalars(sa.select(Moment).where(Moment.id.in_(chosen))))
    things = [thing for thing in read_things(moments).values() if thing.kind is kind and not thing.is_quiet]
    rules, rows = rules_for(things), _rows_of(chosen)
    seen = cards([(thing.moment.subject_kind, thing.moment.subject_id) for thing in things], actor)
    found = []
    for thing in things:
        card = seen.get(thing.moment.subject_id)
        by_minutes = {rule.minutes: rule for rule in rules[thing.moment.id]}
        wanted = thing.dues(by_minutes.values())
        if card is None:
            continue
        for due, _arming in plan(wanted, rows.get(thing.moment.id, []), now).new:
            found.append(Coming(thing, card, due, by_minutes[due.minutes]))
    return sorted(found, key=lambda one: (one.due.at, one.thing.moment.id, one.due.minutes))[:most]


def _rows_of(moment_ids: list[UUID]) -> dict[UUID, list[PlannedReminder]]:
    """Return what was sent already; what is planned is reckoned anew, so that a page never shows an old plan."""
    wanted = sa.select(PlannedReminder).where(
        PlannedReminder.moment_id.in_(moment_ids), PlannedReminder.done_at.is_not(None)
    )
    found: dict[UUID, list[PlannedReminder]] = {}
    for row in db.session.scalars(wanted):
        found.setdefault(row.moment_id, []).append(row)
    return found
