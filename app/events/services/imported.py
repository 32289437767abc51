"""Events that come with a calendar of others. The package above asks its own policy before it calls here, reads the
calendar and knows which event is which; the words stay those of whoever organises it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.database import change_rows
from app.events.events import event_changed
from app.events.models import EVENT, Event, EventSource, EventState
from app.extensions import db
from app.moments.models import Certainty, Moment, Status
from app.moments.services import change_moment, create_moment, set_audience
from app.moments.timing import Timing


@dataclass(frozen=True, slots=True)
class Brought:
    """An event as a calendar says it, ready to be kept: lengths are those of the table, `timing` resolves. `uid` is
    wished for its moment, so that a program that reads both calendars sees one event; `origin` names it everywhere."""

    title: str
    language: str
    timing: Timing
    status: Status
    uid: str
    origin: str
    description: str = ""
    place: str = ""
    organiser: str = ""
    address: str = ""


def bring_event(
    actor: Actor,
    brought: Brought,
    *,
    group_id: UUID | None,
    organisation_id: UUID | None,
    audience: str,
    source_name: str,
    is_example: bool = False,
    now: datetime,
) -> Event:
    """Keep an event that is new in a calendar. Its moment takes the UID it has in the world, unless somebody here has
    it already."""
    event = Event(
        id=uuid4(),
        group_id=group_id,
        organisation_id=organisation_id,
        source=EventSource.CALENDAR,
        source_name=source_name,
        origin=brought.origin,
        state=EventState.PUBLISHED,
        written_at=now,
        is_example=is_example,
    )
    _set_words(event, brought, now)
    event.moment = create_moment(
        actor,
        subject_kind=EVENT,
        subject_id=event.id,
        audience=audience,
        timing=brought.timing,
        status=brought.status,
        certainty=Certainty.VERIFIED,
        uid=_free(brought.uid),
        now=now,
    )
    db.session.add(event)
    db.session.flush()
    event_changed.send(event, actor=actor, now=now)
    return event


def change_imported(
    actor: Actor, event: Event, brought: Brought, *, audience: str, source_name: str, now: datetime
) -> Event:
    """Let an event be as its calendar says it now: its time moves and its SEQUENCE grows where that is another one; one
    that was withdrawn is shown again."""
    _set_words(event, brought, now)
    event.state, event.source_name = EventState.PUBLISHED, source_name
    change_moment(actor, event.moment, timing=brought.timing, status=brought.status, now=now)
    if audience != event.moment.audience:
        set_audience([event.moment_id], audience)
    db.session.flush()
    event_changed.send(event, actor=actor, now=now)
    return event


def withdraw_event(actor: Actor, event: Event, *, now: datetime) -> None:
    """Show an event no more: its calendar does not have it any longer. Nobody said that it was cancelled."""
    event.state, event.changed_at = EventState.WITHDRAWN, now
    db.session.flush()
    event_changed.send(event, actor=actor, now=now)


def remove_imported(actor: Actor, events: Sequence[Event], *, now: datetime) -> None:
    """Delete events that their calendar shows no more, or together with it: many in as few statements as one."""
    for event in events:
        event_changed.send(event, actor=actor, now=now)
    ids, moments = [event.id for event in events], [event.moment_id for event in events]
    change_rows(sa.delete(Event).where(Event.id.in_(ids)))
    change_rows(sa.delete(Moment).where(Moment.id.in_(moments)))


def _set_words(event: Event, brought: Brought, now: datetime) -> None:
    event.title, event.language, event.description = brought.title, brought.language, brought.description
    event.place, event.organiser, event.address = brought.place, brought.organiser, brought.address
    event.changed_at = now


def _free(uid: str) -> str | None:
    """Return the UID where nobody has it; None makes one of its own."""
    if not uid or len(uid) > 255:
        return None
    taken = db.session.scalar(sa.select(sa.exists().where(Moment.uid == uid)))
    return None if taken else uid
