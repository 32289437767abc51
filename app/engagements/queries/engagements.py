"""Engagements an actor may read: by the network once they were opened to it, else from inside."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased, selectinload

from app.advocacy.models import AdvocacySpace, Occurrence, ParticipationMode, Step
from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.errors import NotFound
from app.core.paging import PAGE_SIZE, Page, fetch_page
from app.engagements.keys import ENGAGEMENT
from app.engagements.models import UNDER_WAY, Engagement, EngagementGroup, EngagementState, EngagementText
from app.extensions import db
from app.moments.models import Moment
from app.workinggroups.keys import CONTRIBUTORS, groups_named_in
from app.workinggroups.models import WorkingGroup

OPEN = (
    EngagementState.WATCHING,
    EngagementState.PLANNED,
    EngagementState.IN_THE_MAKING,
    EngagementState.SUBMITTED,
)
"""Engagements of which something is still to come: an act, or what comes of it."""

WITH_ITS_SPACE = (
    selectinload(Engagement.occurrence).lazyload(Occurrence.space),
    selectinload(Engagement.mode).lazyload(ParticipationMode.space),
    selectinload(Engagement.step).lazyload(Step.occurrence),
)
"""Occurrence, way to take part and deadline of an engagement are of its space, which comes along once: read again by
each of the three, it would bring its goals again each time."""

_OF_STEP, _OF_OCCURRENCE = aliased(Moment), aliased(Moment)


def engagements_named_in(actor: Actor) -> set[UUID]:
    """Return the engagements the actor is inside of, as their keys say."""
    prefix = f"{ENGAGEMENT}:"
    return {UUID(key.removeprefix(prefix)) for key in actor.keys if key.startswith(prefix)}


def is_readable(actor: Actor) -> sa.ColumnElement[bool]:
    """The filter for engagements the actor may read."""
    return sa.or_(visible_to(actor, Engagement.audience), Engagement.id.in_(engagements_named_in(actor)))


def get_visible_engagement(actor: Actor, engagement_id: UUID) -> Engagement:
    """Return an engagement the actor reads; raises `NotFound`."""
    wanted = sa.select(Engagement).where(Engagement.id == engagement_id, is_readable(actor))
    engagement = db.session.scalar(wanted.options(*WITH_ITS_SPACE))
    if engagement is None:
        raise NotFound
    return engagement


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for; empty leaves it open. Without states everything that is still open is meant."""

    space_id: UUID | None = None
    occurrence_id: UUID | None = None
    group_id: UUID | None = None
    states: tuple[EngagementState, ...] = OPEN
    year: int = 0


SOME_DAY = datetime(9999, 1, 1, tzinfo=UTC)
"""Where what has no date stands in a list of what closes next: at its end."""

AFTER_ALL = datetime(9999, 2, 1, tzinfo=UTC)
"""Where what is handed in stands in it: behind everything that is still to do, for it waits for no date."""


def _when() -> sa.ColumnElement[datetime]:
    """The date that counts: the deadline, else the session, else the day it was planned."""
    return sa.func.coalesce(_OF_STEP.until, _OF_OCCURRENCE.until, Engagement.made_at)


def _closes() -> sa.ColumnElement[datetime]:
    """The deadline, else the session, else some day; what is handed in comes after all that."""
    some_day, after_all = (sa.literal(day, Engagement.made_at.type) for day in (SOME_DAY, AFTER_ALL))
    closes = sa.func.coalesce(_OF_STEP.until, _OF_OCCURRENCE.until, some_day)
    return sa.case((Engagement.state == EngagementState.SUBMITTED, after_all), else_=closes)


def _found(actor: Actor, wanted: Wanted) -> sa.Select[Any]:
    found = (
        sa.select(Engagement)
        .outerjoin(Step, Step.id == Engagement.step_id)
        .outerjoin(_OF_STEP, _OF_STEP.id == Step.moment_id)
        .outerjoin(Occurrence, Occurrence.id == Engagement.occurrence_id)
        .outerjoin(_OF_OCCURRENCE, _OF_OCCURRENCE.id == Occurrence.moment_id)
        .where(is_readable(actor))
        .options(*WITH_ITS_SPACE)
    )
    if wanted.states:
        found = found.where(Engagement.state.in_(wanted.states))
    if wanted.space_id is not None:
        found = found.where(Engagement.space_id == wanted.space_id)
    if wanted.occurrence_id is not None:
        found = found.where(Engagement.occurrence_id == wanted.occurrence_id)
    if wanted.group_id is not None:
        of_group = sa.select(EngagementGroup.engagement_id).where(EngagementGroup.group_id == wanted.group_id)
        found = found.where(Engagement.id.in_(of_group))
    if wanted.year:
        found = found.where(_when() >= _first(wanted.year), _when() < _first(wanted.year + 1))
    return found


def _first(year: int) -> Any:
    return sa.literal(datetime(year, 1, 1, tzinfo=UTC), Engagement.made_at.type)


def page_of_engagements(
    actor: Actor, wanted: Wanted, *, cursor: str = "", newest_first: bool = False, size: int = PAGE_SIZE
) -> Page[Engagement]:
    """Return one page, by deadline: what closes next stands first, or what closed last."""
    found, key = _found(actor, wanted), _when() if newest_first else _closes()
    return fetch_page(found, key=key, row_id=Engagement.id, cursor=cursor, newest_first=newest_first, size=size)


def list_of_group(actor: Actor, group: WorkingGroup, *, size: int) -> Page[Engagement]:
    """Return what a group has open, what closes next first."""
    return page_of_engagements(actor, Wanted(group_id=group.id), size=size)


def list_of_space(actor: Actor, space: AdvocacySpace, *, size: int) -> Page[Engagement]:
    """Return what the actor may read of what is and was done towards a space, the latest first."""
    return page_of_engagements(actor, Wanted(space_id=space.id, states=()), newest_first=True, size=size)


def list_of_occurrence(actor: Actor, occurrence: Occurrence, *, size: int) -> Page[Engagement]:
    """Return what the actor may read of what is and was done towards one occurrence."""
    return page_of_engagements(actor, Wanted(occurrence_id=occurrence.id, states=()), size=size)


def list_begun_from(actor: Actor, instrument_id: UUID, *, most: int) -> tuple[list[Engagement], int]:
    """Return the engagements with a text that was begun from a shared template, as far as the actor reads them, the
    latest first; and how many there are in all."""
    begun = sa.select(EngagementText.engagement_id).where(EngagementText.instrument_id == instrument_id)
    total = db.session.scalar(sa.select(sa.func.count()).where(Engagement.id.in_(begun))) or 0
    wanted = sa.select(Engagement).where(Engagement.id.in_(begun), is_readable(actor)).options(*WITH_ITS_SPACE)
    latest = wanted.order_by(Engagement.made_at.desc(), Engagement.id).limit(most)
    return (list(db.session.scalars(latest)) if total else []), total


def writes_texts(actor: Actor) -> bool:
    """Whether somebody takes part in a group, whose engagements' texts they then write."""
    return actor.is_secretariat or bool(groups_named_in(actor, CONTRIBUTORS))


def list_to_write(actor: Actor, *, most: int) -> list[Engagement]:
    """Return the engagements under way whose texts the actor may write, what closes next first."""
    found = _found(actor, Wanted(states=UNDER_WAY))
    if not actor.is_secretariat:
        mine = groups_named_in(actor, CONTRIBUTORS)
        of_mine = sa.select(EngagementGroup.engagement_id).where(EngagementGroup.group_id.in_(mine))
        found = found.where(Engagement.id.in_(of_mine))
    return list(db.session.scalars(found.order_by(_closes(), Engagement.id).limit(most)))


def list_by_id(actor: Actor, ids: Collection[UUID]) -> list[Engagement]:
    """Return those of these engagements that the actor reads."""
    wanted = sa.select(Engagement).where(Engagement.id.in_(ids), is_readable(actor))
    return list(db.session.scalars(wanted.options(*WITH_ITS_SPACE)))


def count_by_state(actor: Actor, group: WorkingGroup) -> dict[EngagementState, int]:
    """Return how many engagements of a group the actor reads, by state."""
    of_group = sa.select(EngagementGroup.engagement_id).where(EngagementGroup.group_id == group.id)
    counted = (
        sa.select(Engagement.state, sa.func.count())
        .where(Engagement.id.in_(of_group), is_readable(actor))
        .group_by(Engagement.state)
    )
    found = {row[0]: row[1] for row in db.session.execute(counted)}
    return {state: found.get(state, 0) for state in EngagementState}


def years_of_engagements(actor: Actor) -> list[int]:
    """Return the years from the first to the last date of what the actor reads, the latest first."""
    dates = _found(actor, Wanted(states=())).with_only_columns(sa.func.min(_when()), sa.func.max(_when()))
    first, last = db.session.execute(dates).one()
    return list(range(last.year, first.year - 1, -1)) if first is not None else []
