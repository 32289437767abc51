"""Who is told that the date of something they were reminded of is another one: of what others organise, of the time in
which one can join a track, of a task, of what a session agreed on (`MOVED`). Sessions, meetings, dates of bodies, polls
and the windows of decisions tell of their changes by themselves; a day of review cannot be moved.

Whoever was not reminded yet knows no date that is wrong now: the reminder that is planned anew says the right one. The
mail that gave somebody a task named its day as a reminder does.
Nobody is told what they did themselves.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import notices
from app.core.actors import Actor
from app.core.notices import key_of
from app.core.outbox import left_since, unheard_among
from app.core.types import Facts
from app.events.models import EVENT
from app.extensions import db
from app.moments.models import Moment, MomentChange, Status
from app.moments.queries import as_told_before, last_change, says_something
from app.outcomes.services.agreeing import OUTCOME
from app.people.helping import still_helps, told_for
from app.people.queries import helpers_of
from app.reminders import telling
from app.reminders.kinds import Whom
from app.reminders.models import PlannedReminder
from app.reminders.things import Thing, find_thing, read_things
from app.tasks.models import TASK, Task
from app.tasks.queries import keys_of_giving

EVENT_CHANGED = "reminders.event_changed"
DAY_CHANGED = "reminders.day_changed"


@dataclass(frozen=True, slots=True)
class Moved:
    """What is told when one kind of moment has another date, and by what people were reminded of the one it had."""

    kind: str
    reminded: str


MOVED = {
    EVENT: Moved(EVENT_CHANGED, telling.EVENT_NEAR),
    "intake": Moved(EVENT_CHANGED, telling.JOINING),
    TASK: Moved(DAY_CHANGED, telling.TASK),
    OUTCOME: Moved(DAY_CHANGED, telling.AGREED),
}
"""By the kinds of moments: a new one is told of from the day on which it stands here."""

STALE_AFTER = timedelta(days=14)
ANYBODY = frozenset(Whom)
EVER = datetime(2000, 1, 1, tzinfo=UTC)
IN_DOUBT = timedelta(minutes=2)
"""So long before a mail was handed over its words may have been written (a lease of the outbox), and a change counts
from when its request began, which may wait for others before it stands: of a mail this near nobody knows which date it
named."""


def tell_moved(actor: Actor, moment: Moment, change: MomentChange, *, now: datetime) -> None:
    """Tell those who were reminded of a date that it is another one, or that it takes place no more; who helps
    somebody with their own things is told for them."""
    moved = MOVED.get(moment.subject_kind)
    ahead = [at for at in (datetime.fromisoformat(facts["until"]) for facts in (change.old, change.new)) if at >= now]
    if moved is None or not ahead or not _says_something(moment, change.old, change.new):
        return
    reminders = _sent(moment)
    thing = read_things([moment]).get(moment.id) if reminders or moment.subject_kind == TASK else None
    if thing is None or thing.is_quiet:
        return
    people = thing.people(ANYBODY, now)
    keys = _keys(moment, reminders, people) | {key: person for person in people for key in _given(thing, person)}
    told = sorted({keys[key] for key in notices.left_among(keys)} - {actor.person_id}, key=str)
    parameters: Facts = {"moment": str(moment.id), "change": str(change.id)}
    leave = partial(
        notices.tell_many, now=now, audience=moment.audience, expires_at=now + STALE_AFTER, happens_at=min(ahead)
    )
    leave(told, moved.kind, str(change.id), parameters)
    for person_id, helpers in helpers_of(told).items() if moved.reminded in telling.OWN else ():
        helping = sorted(helpers - {actor.person_id}, key=str)
        leave(helping, moved.kind, f"{change.id}:{person_id}", parameters | {"for": str(person_id)})


def who_was_reminded(moment: Moment, people: Collection[UUID]) -> set[UUID]:
    """Return who of some people was left a reminder of a date that stands in `MOVED`."""
    keys = _keys(moment, _sent(moment), people)
    return {keys[key] for key in notices.left_among(keys)}


def _says_something(moment: Moment, old: Facts, new: Facts) -> bool:
    """A task that is dropped or taken up again says so itself: of its date only another day counts."""
    if MOVED[moment.subject_kind].kind == DAY_CHANGED:
        return says_something(old | {"status": ""}, new | {"status": ""})
    return says_something(old, new) and new["status"] != Status.HELD


def _sent(moment: Moment) -> list[PlannedReminder]:
    wanted = sa.select(PlannedReminder).where(PlannedReminder.moment_id == moment.id, PlannedReminder.told > 0)
    return list(db.session.scalars(wanted))


def _keys(
    moment: Moment, reminders: Collection[PlannedReminder], people: Collection[UUID], helper: UUID | None = None
) -> dict[str, UUID]:
    """Return the keys of the reminders that people were left, or that their helper was left for them, each with its
    person."""
    kind = MOVED[moment.subject_kind].reminded
    return {
        key_of(kind, telling.key_for(row) + (f":{person}" if helper else ""), helper or person): person
        for row in reminders
        for person in people
    }


def _given(thing: Thing, person_id: UUID, helper: UUID | None = None) -> set[str]:
    """Return the keys of the mails that gave a task to a person, as they, or their helper, were left them."""
    is_theirs = isinstance(thing.row, Task) and thing.row.owner_id == person_id
    return keys_of_giving(thing.row, helper or person_id) if is_theirs else set()


def _heard(thing: Thing, about: UUID, reader_id: UUID) -> set[str]:
    """Return the keys of what left for a reader and named the date, of the reminders and of what gave the task."""
    helper = None if about == reader_id else reader_id
    keys = _keys(thing.moment, _sent(thing.moment), [about], helper).keys() | _given(thing, about, helper)
    return notices.left_among(keys) - unheard_among(keys)


def told_before(kind: str, parameters: Facts, change: MomentChange, moment: Moment) -> Facts:
    """Return the date as the reader of a notice was told it last, by whatever mail that named it. Where it may have
    named either of two, it is the one that leaves something to say: rather once more than never."""
    reader_id, thing = UUID(parameters["person"]), find_thing(moment.id)
    heard = _heard(thing, told_for(parameters), reader_id) if thing is not None else set()
    heard_at = max(left_since(EVER, heard).values(), default=None)
    if heard_at is None:
        return as_told_before(kind, change, moment, reader_id)
    told = [_told_at(at, kind, change, moment, reader_id) for at in (heard_at, heard_at - IN_DOUBT)]
    return next((one for one in told if _says_something(moment, one, change.new)), change.new)


def _told_at(at: datetime, kind: str, change: MomentChange, moment: Moment, reader_id: UUID) -> Facts:
    """Return the date as somebody was told it last of whom a mail named it at an instant."""
    return change.new if at > change.at else as_told_before(kind, change, moment, reader_id, heard_at=at)


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked before the mail leaves: it is the last change, it says something new to somebody whom the date concerns,
    or who still helps them, and who has heard of the one before."""
    thing: Thing | None = find_thing(UUID(notice.parameters["moment"]))
    change = last_change(thing.moment) if thing is not None else None
    if thing is None or thing.is_quiet or change is None or str(change.id) != notice.parameters["change"]:
        return False
    about, moment = told_for(notice.parameters), thing.moment
    if about not in thing.people(ANYBODY, now) or not still_helps(notice.parameters):
        return False
    if not _heard(thing, about, notice.person_id):
        return False
    return _says_something(moment, told_before(notice.kind, notice.parameters, change, moment), change.new)
