"""Reading events: what the actor may see, each once however many calendars it came with (R-30)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.actors import Actor
from app.core.audiences import sees, visible_to
from app.core.database import has_key
from app.core.errors import NotFound
from app.events.models import EVENT, Event, EventState
from app.events.policy import can_keep
from app.extensions import db
from app.moments.models import Moment, Status
from app.moments.zones import zones_in
from app.people.models import Organisation, Region
from app.workinggroups.keys import COORDINATORS, groups_named_in
from app.workinggroups.models import GroupState, WorkingGroup

SAME = ("origin", "title", "place", "address")
SAME_TIME = ("starts_at", "until", "status", "precision")
"""What two events say alike that are shown as one."""


def get_visible_event(actor: Actor, event_id: UUID) -> Event:
    """Return an event the actor reads; raises `NotFound`, also for what was withdrawn."""
    event = db.session.get(Event, event_id)
    if event is None or not event.is_shown or not sees(actor, event.moment.audience):
        raise NotFound
    return event


def get_kept_event(actor: Actor, event_id: UUID) -> Event:
    """Return an event that the actor may change; raises `NotFound` where it is unseen. What one may not do with it is
    refused by the services."""
    event = db.session.get(Event, event_id)
    if event is not None and can_keep(actor, event):
        return event
    return get_visible_event(actor, event_id)


def list_visible(actor: Actor, ids: Iterable[UUID]) -> list[Event]:
    """Return those of some events that the actor reads. Of one that came with several calendars only the first of
    these that the actor reads: a list names it once (R-30), also a list of what one owner brought. One that says
    anything else hides nothing: whoever knows a UID could put another event in its place."""
    asked = list(ids)
    twin, twins_time = aliased(Event), aliased(Moment)
    is_earlier = sa.or_(
        twin.written_at < Event.written_at, sa.and_(twin.written_at == Event.written_at, twin.id < Event.id)
    )
    has_earlier_twin = (
        sa.exists()
        .where(
            Event.origin != "",
            twin.id.in_(asked),
            *(getattr(twin, name) == getattr(Event, name) for name in SAME),
            twin.state == EventState.PUBLISHED,
            is_earlier,
            twins_time.id == twin.moment_id,
            *(getattr(twins_time, name) == getattr(Moment, name) for name in SAME_TIME),
            visible_to(actor, twins_time.audience),
        )
        .correlate(Event, Moment)
    )
    statement = (
        sa.select(Event)
        .join(Moment, Moment.id == Event.moment_id)
        .where(
            Event.id.in_(asked),
            Event.state == EventState.PUBLISHED,
            visible_to(actor, Moment.audience),
            sa.not_(has_earlier_twin),
        )
    )
    return list(db.session.scalars(statement).unique())


def list_coming_of_organisation(actor: Actor, organisation_id: UUID, *, now: datetime, limit: int) -> Sequence[Event]:
    """Return the next events that an organisation brought, in their order; no cancelled ones."""
    statement = (
        sa.select(Event)
        .join(Moment, Moment.id == Event.moment_id)
        .where(
            Event.organisation_id == organisation_id,
            Event.state == EventState.PUBLISHED,
            Moment.until >= now,
            Moment.status != Status.CANCELLED,
            visible_to(actor, Moment.audience),
        )
        .order_by(Moment.starts_at, Event.id)
        .limit(limit)
    )
    return db.session.scalars(statement).unique().all()


def list_groups_to_write_for(actor: Actor) -> list[WorkingGroup]:
    """Return the groups for which the actor may write events: those they run."""
    run = WorkingGroup.id.in_(groups_named_in(actor, COORDINATORS))
    return list(
        db.session.scalars(
            sa.select(WorkingGroup).where(run, WorkingGroup.state != GroupState.CLOSED).order_by(WorkingGroup.slug)
        )
    )


EVENTS = Event.__table__.c


def _moments_of(of: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return Moment.id.in_(sa.select(EVENTS.moment_id).where(EVENTS.state == EventState.PUBLISHED, of))


def is_kept_by(group: WorkingGroup) -> sa.ColumnElement[bool]:
    """Say which moments are those of events that a group keeps, whoever may read them."""
    return _moments_of(EVENTS.group_id == group.id)


def is_of_region(region: Region, countries: Collection[str]) -> sa.ColumnElement[bool]:
    """Say which moments are those of events of a region: their clock is one of its `countries`, or who keeps them is at
    home in it."""
    group = sa.select(WorkingGroup.__table__.c.id).where(WorkingGroup.region_id == region.id)
    organisation = sa.select(Organisation.__table__.c.id).where(Organisation.region_id == region.id)
    kept = _moments_of(sa.or_(EVENTS.group_id.in_(group), EVENTS.organisation_id.in_(organisation)))
    there = sa.and_(Moment.subject_kind == EVENT, has_key(Moment.__table__.c.zone, zones_in(countries)))
    return sa.or_(there, kept)


def is_in_language(language: str) -> sa.ColumnElement[bool]:
    """Say which moments are those of events whose words are in a language."""
    return _moments_of(EVENTS.language == language)


def written_languages() -> list[str]:
    """Return every language in which an event is told."""
    return list(db.session.scalars(sa.select(EVENTS.language).where(EVENTS.state == EventState.PUBLISHED).distinct()))
