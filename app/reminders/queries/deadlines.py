"""How groups stand towards deadlines: who takes care of which, and whose word was for an earlier date."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from app.advocacy.models import Step
from app.extensions import db
from app.reminders.models import Care
from app.reminders.things.cares import Unit, units_of_steps
from app.workinggroups.models import WorkingGroup


@dataclass(frozen=True, slots=True)
class Standing:
    """One group and one deadline. `before` is the last word that was given for another date of it."""

    step: Step
    unit: Unit
    before: Care | None


def standings_of(steps: Collection[Step]) -> list[Standing]:
    """Return every group that cares about some deadlines, in the order of the deadlines."""
    units = units_of_steps(steps)
    moments = {step.moment_id: step for step in steps}
    given = sa.select(Care).where(Care.moment_id.in_(moments), Care.acknowledged_at.is_not(None))
    earlier: dict[tuple[UUID, UUID], Care] = {}
    for care in db.session.scalars(given.order_by(Care.acknowledged_at)).unique():
        if care.closes_at != moments[care.moment_id].moment.until:
            earlier[(care.moment_id, care.group_id)] = care
    return [
        Standing(step, unit, earlier.get((step.moment_id, unit.group_id)))
        for step in steps
        for unit in units.get(step.id, [])
    ]


def groups_by_id(group_ids: Collection[UUID]) -> dict[UUID, WorkingGroup]:
    """Return groups by their ids."""
    wanted = sa.select(WorkingGroup).where(WorkingGroup.id.in_(group_ids))
    return {group.id: group for group in db.session.scalars(wanted).unique()}
