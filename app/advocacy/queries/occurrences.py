"""One occurrence, its steps, and what changed of late for whom it concerns."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, lazyload

from app.advocacy.models import CatalogueNote, FollowedSpace, Occurrence, ParticipationMode, Step, StepRule
from app.core.errors import NotFound
from app.extensions import db
from app.moments.models import Moment, MomentChange

LATELY = timedelta(days=30)
"""So long a change of a date waits to be read by those it concerns."""

Changed = tuple[Occurrence, Step | None, MomentChange]
"""A change of a date; without a step it is that of the occurrence itself."""


def get_occurrence(occurrence_id: UUID) -> Occurrence:
    """Return an occurrence; everybody reads it. Raises `NotFound`."""
    occurrence = db.session.get(Occurrence, occurrence_id)
    if occurrence is None:
        raise NotFound
    return occurrence


def list_steps(occurrence: Occurrence) -> list[Step]:
    """Return the steps of an occurrence by when they are, with their rules and ways to take part."""
    wanted = (
        sa.select(Step)
        .join(Moment, Step.moment_id == Moment.id)
        .where(Step.occurrence_id == occurrence.id)
        .options(
            contains_eager(Step.moment),
            lazyload(Step.occurrence),  # that is at hand, and so is the space
            joinedload(Step.rule).lazyload(StepRule.space),
            joinedload(Step.mode).lazyload(ParticipationMode.space),
        )
        .order_by(Moment.until, Moment.starts_at, Step.id)
    )
    return list(db.session.scalars(wanted))


def list_notes_of(things: Collection[Occurrence | Step]) -> dict[UUID, list[CatalogueNote]]:
    """Return what the catalogue says in words about an occurrence and its steps, by what it is about."""
    wanted = sa.select(CatalogueNote).where(CatalogueNote.object_id.in_([thing.id for thing in things]))
    found: dict[UUID, list[CatalogueNote]] = {thing.id: [] for thing in things}
    for note in db.session.scalars(wanted.order_by(CatalogueNote.position, CatalogueNote.id)):
        found[note.object_id].append(note)
    return found


def get_step(occurrence: Occurrence, step_id: UUID) -> Step:
    """Return a step of this occurrence; raises `NotFound`."""
    step = db.session.get(Step, step_id)
    if step is None or step.occurrence_id != occurrence.id:
        raise NotFound
    return step


def list_lately_changed(
    group_ids: Collection[UUID], occurrence_ids: Collection[UUID], person_id: UUID | None, *, now: datetime
) -> list[Changed]:
    """Return changes of the last month to dates that are still to come, of spaces that these groups follow and of these
    occurrences, made by others; the latest first."""
    if not group_ids and not occurrence_ids:
        return []
    followed = sa.select(FollowedSpace.space_id).where(FollowedSpace.group_id.in_(group_ids))
    theirs = sa.or_(Occurrence.space_id.in_(followed), Occurrence.id.in_(occurrence_ids))
    by_others = sa.or_(MomentChange.actor_id.is_(None), MomentChange.actor_id != person_id)
    lately = (theirs, by_others, MomentChange.at >= now - LATELY, Moment.until >= now)
    moved = (
        sa.select(Occurrence, MomentChange)
        .join(Occurrence.moment)
        .join(MomentChange, MomentChange.moment_id == Moment.id)
        .options(contains_eager(Occurrence.moment))
        .where(*lately)
    )
    of_steps = (
        sa.select(Step, MomentChange)
        .join(Step.moment)
        .join(Step.occurrence)
        .join(MomentChange, MomentChange.moment_id == Moment.id)
        .options(contains_eager(Step.moment), contains_eager(Step.occurrence))
        .where(*lately, Step.done_at.is_(None))
    )
    found: list[Changed] = [(occurrence, None, change) for occurrence, change in db.session.execute(moved)]
    found += [(step.occurrence, step, change) for step, change in db.session.execute(of_steps)]
    return sorted(found, key=lambda row: (row[2].at, row[2].sequence), reverse=True)
