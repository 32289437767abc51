"""Events that somebody here writes down: new, changed, moved, cancelled, removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import NETWORK, PUBLIC, Actor
from app.core.addresses import is_web_address
from app.core.errors import RuleBroken
from app.core.languages import check_tag, is_blank
from app.core.permissions import require
from app.events.events import event_changed
from app.events.models import ADDRESS, DESCRIPTION, EVENT, ORGANISER, PLACE, TITLE, Event, EventSource, EventState
from app.extensions import db
from app.moments.models import Certainty, Status
from app.moments.services import change_moment, create_moment, set_audience
from app.moments.timing import Timing
from app.workinggroups.keys import group_key
from app.workinggroups.models import WorkingGroup

INSIDE = "group"
"""What a form sends for "the people of the group"; the other readers are audiences as they are."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be known of an event. `readers` is `public`, `network` or `group`."""

    title: str
    language: str
    timing: Timing
    readers: str
    description: str = ""
    place: str = ""
    organiser: str = ""
    address: str = ""


def write_event(actor: Actor, group: WorkingGroup | None, planned: Planned, *, now: datetime) -> Event:
    """Put an event into the agenda, for a group or (the secretariat) for the whole network.

    Raises `RuleBroken` at `title`, `address` and `readers`, and the errors of `timing.resolve`.
    """
    if group is None:
        require(actor, "events.write_for_network")
    else:
        require(actor, "events.write", group)
    event = Event(
        id=uuid4(), source=EventSource.HAND, state=EventState.PUBLISHED, written_by=actor.person_id, written_at=now
    )
    event.group, event.origin = group, ""
    _set_words(event, planned, now)
    event.moment = create_moment(
        actor,
        subject_kind=EVENT,
        subject_id=event.id,
        audience=audience_of(group, planned.readers),
        timing=planned.timing,
        status=Status.CONFIRMED,
        certainty=Certainty.VERIFIED,
        now=now,
    )
    db.session.add(event)
    _announce(actor, "written", event, now)
    return event


def change_event(actor: Actor, event: Event, planned: Planned, *, now: datetime) -> Event:
    """Write an event anew; another time moves it, and calendars that follow it see the move. Raises as `write_event`,
    and `ChangedMeanwhile`."""
    require(actor, "events.keep", event)
    _set_words(event, planned, now)
    change_moment(actor, event.moment, timing=planned.timing, now=now)
    audience = audience_of(event.group, planned.readers)
    if audience != event.moment.audience:
        set_audience([event.moment_id], audience)
    _announce(actor, "changed", event, now)
    return event


def cancel_event(actor: Actor, event: Event, *, reason: str, now: datetime) -> Event:
    """Say that an event does not take place; it stays in the agenda, struck out."""
    require(actor, "events.keep", event)
    change_moment(actor, event.moment, status=Status.CANCELLED, reason=reason, now=now)
    _announce(actor, "cancelled", event, now)
    return event


def confirm_event(actor: Actor, event: Event, *, now: datetime) -> Event:
    """Say that a cancelled event takes place after all."""
    require(actor, "events.keep", event)
    change_moment(actor, event.moment, status=Status.CONFIRMED, now=now)
    _announce(actor, "confirmed", event, now)
    return event


def remove_event(actor: Actor, event: Event, *, now: datetime) -> None:
    """Take an event out for good, with its time: written by mistake. Who follows the agenda loses it without a word;
    what was called off is better cancelled."""
    require(actor, "events.keep", event)
    _announce(actor, "removed", event, now)
    moment = event.moment
    db.session.delete(event)
    db.session.flush()
    db.session.delete(moment)
    db.session.flush()


def audience_of(group: WorkingGroup | None, readers: str) -> str:
    """Return the audience that a form means by its readers; raises `RuleBroken` at `readers`."""
    if readers == INSIDE and group is not None:
        return group_key(group.id)
    if readers in (NETWORK, PUBLIC):
        return readers
    raise RuleBroken(_l("Choose who may read it."), field="readers")


def _set_words(event: Event, planned: Planned, now: datetime) -> None:
    if is_blank(planned.title):
        raise RuleBroken(_l("Write what it is called."), field="title")
    if planned.address and not is_web_address(planned.address, longest=ADDRESS):
        raise RuleBroken(_l("Write the whole address of its page, with https:// at its beginning."), field="address")
    event.title, event.language = planned.title[:TITLE], check_tag(planned.language)
    event.description, event.place = planned.description[:DESCRIPTION], planned.place[:PLACE]
    event.organiser, event.address = planned.organiser[:ORGANISER], planned.address
    event.changed_at = now


def _announce(actor: Actor, act: str, event: Event, now: datetime) -> None:
    db.session.flush()
    audit.record(actor, f"events.event.{act}", EVENT, event.id, {}, audience=event.moment.audience, now=now)
    event_changed.send(event, actor=actor, now=now)
