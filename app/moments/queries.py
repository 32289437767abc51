"""Questions about moments: their history, what of it is told, and which ones a zone-data update may have moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.core.notices import key_of
from app.core.outbox import unheard_among
from app.core.types import Facts
from app.extensions import db
from app.moments.models import Moment, MomentChange

MARGIN = timedelta(hours=36)
"""An end computed from old zone data may be wrong by as much as a day on the wrong side of the date line."""

BATCH = 500

SAYS = ("precision", "wall_start", "wall_end", "zone", "status", "certainty")
"""What a change has to touch to be worth telling; a confirmation of the same day is."""


def list_changes(moment: Moment) -> list[MomentChange]:
    """Return what a moment was before, latest change first. Seen by whoever sees the moment: ask that first."""
    return list(
        db.session.scalars(
            sa.select(MomentChange).where(MomentChange.moment_id == moment.id).order_by(MomentChange.sequence.desc())
        )
    )


def list_changes_of(moment_ids: list[UUID]) -> dict[UUID, list[MomentChange]]:
    """Return the histories of many moments in one query, latest change first."""
    found: dict[UUID, list[MomentChange]] = {moment_id: [] for moment_id in moment_ids}
    if moment_ids:
        rows = db.session.scalars(
            sa.select(MomentChange).where(MomentChange.moment_id.in_(moment_ids)).order_by(MomentChange.sequence.desc())
        )
        for row in rows:
            found[row.moment_id].append(row)
    return found


def walk_not_over(now: datetime) -> Iterator[list[Moment]]:
    """Yield, in batches by id, the moments with a zone that are not over (by a day and a half of margin)."""
    last: UUID | None = None
    while True:
        wanted = sa.select(Moment).where(Moment.zone.is_not(None), Moment.until >= now - MARGIN)
        if last is not None:
            wanted = wanted.where(Moment.id > last)
        batch = list(db.session.scalars(wanted.order_by(Moment.id).limit(BATCH)))
        if not batch:
            return
        last = batch[-1].id
        yield batch


def says_something(old: Facts, new: Facts) -> bool:
    """Whether old and new differ in what people go by."""
    return any(old.get(part) != new.get(part) for part in SAYS)


def last_change(moment: Moment) -> MomentChange | None:
    """Return the last change of a moment that is worth telling."""
    return next((change for change in list_changes(moment) if says_something(change.old, change.new)), None)


def as_told_before(
    kind: str, change: MomentChange, moment: Moment, person_id: UUID, *, heard_at: datetime | None = None
) -> Facts:
    """Return the date as a person was told it last: what this change says was before, unless they never heard of the
    changes before it. `kind` is that of the notices, whose keys are the changes; at `heard_at` they read the date in
    another mail, as it was then."""
    earlier = [row for row in list_changes(moment) if row.sequence < change.sequence]
    keys = {key_of(kind, str(row.id), person_id): row for row in earlier}
    unheard = {keys[key].id for key in unheard_among(keys)}
    old = change.old
    for row in earlier:
        if row.id not in unheard or (heard_at is not None and row.at < heard_at):
            break
        old = row.old
    return old
