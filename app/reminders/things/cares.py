"""Which groups care about a date of a body: those that work towards it in an engagement, and those that follow the
space.

Each is reminded through one person in charge; once nobody answered, through everybody who runs the group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.advocacy.models import FollowedSpace, Occurrence, Step
from app.engagements.models import UNDER_WAY, Delegate, Engagement, EngagementGroup, Signatory, SignatoryState
from app.extensions import db
from app.moments.models import Moment
from app.people.models import Role, RoleGrant
from app.reminders.models import Care
from app.workinggroups.models import GroupCoordinator, GroupState, WorkingGroup


@dataclass(slots=True)
class Unit:
    """One group that cares about a date, with the engagements through which it does (none: it follows the space).

    `planners` made these engagements. `coordinators` run the group, the one who has done so longest first. `care` is
    how it was reminded of this very date. `is_answered`: who said that they take care of it still runs the group, or is
    the secretariat. `is_taken`: somebody takes care of it, here or in a group that works on the same engagement.
    """

    group_id: UUID
    engagements: set[UUID] = field(default_factory=set)
    planners: set[UUID] = field(default_factory=set)
    coordinators: list[UUID] = field(default_factory=list)
    care: Care | None = None
    is_answered: bool = False
    is_taken: bool = False

    @property
    def in_charge(self) -> UUID | None:
        """Who planned the engagement and still runs the group, else who has run it longest."""
        planning = [person_id for person_id in self.coordinators if person_id in self.planners]
        return next(iter(planning or self.coordinators), None)

    @property
    def reminded(self) -> set[UUID]:
        """Who is reminded for this group: one person, and everybody who runs it once it was passed on."""
        if self.care is not None and self.care.escalated_at is not None:
            return set(self.coordinators)
        return {self.in_charge} if self.in_charge is not None else set()


def units_of_steps(steps: Collection[Step]) -> dict[UUID, list[Unit]]:
    """Return who cares about deadlines, by step, in as many queries for one as for many."""
    if not steps:
        return {}
    by_step = _working_on(Engagement.step_id, [step.id for step in steps])
    _add_followers(by_step, {step.id: step.occurrence.space_id for step in steps})
    _add_coordinators(by_step)
    _add_cares(by_step, {step.id: step.moment for step in steps})
    return {step_id: list(units.values()) for step_id, units in by_step.items()}


def units_of_occurrences(occurrences: Collection[Occurrence]) -> dict[UUID, list[Unit]]:
    """Return who cares about sessions of bodies, by occurrence. Nobody takes care of a session: it takes place."""
    if not occurrences:
        return {}
    found = _working_on(Engagement.occurrence_id, [row.id for row in occurrences])
    _add_followers(found, {row.id: row.space_id for row in occurrences})
    _add_coordinators(found)
    return {occurrence_id: list(units.values()) for occurrence_id, units in found.items()}


Found = dict[UUID, dict[UUID, Unit]]


def _working_on(column: Any, ids: list[UUID]) -> Found:
    rows = db.session.execute(
        sa.select(column, Engagement.id, Engagement.made_by, EngagementGroup.group_id)
        .join(EngagementGroup, EngagementGroup.engagement_id == Engagement.id)
        .join(WorkingGroup, WorkingGroup.id == EngagementGroup.group_id)
        .where(column.in_(ids), Engagement.state.in_(UNDER_WAY), WorkingGroup.state != GroupState.CLOSED)
    )
    found: Found = {thing_id: {} for thing_id in ids}
    for thing_id, engagement_id, made_by, group_id in rows:
        unit = found[thing_id].setdefault(group_id, Unit(group_id))
        unit.engagements.add(engagement_id)
        unit.planners |= {made_by} if made_by is not None else set()
    return found


def _add_followers(found: Found, spaces: dict[UUID, UUID]) -> None:
    rows = db.session.execute(
        sa.select(FollowedSpace.space_id, FollowedSpace.group_id)
        .join(WorkingGroup, WorkingGroup.id == FollowedSpace.group_id)
        .where(FollowedSpace.space_id.in_(set(spaces.values())), WorkingGroup.state != GroupState.CLOSED)
    )
    following: dict[UUID, set[UUID]] = defaultdict(set)
    for space_id, group_id in rows:
        following[space_id].add(group_id)
    for thing_id, space_id in spaces.items():
        for group_id in following[space_id]:
            found[thing_id].setdefault(group_id, Unit(group_id))


def _all_units(found: Found) -> Iterable[Unit]:
    return (unit for units in found.values() for unit in units.values())


def _add_coordinators(found: Found) -> None:
    groups = {unit.group_id for unit in _all_units(found)}
    rows = db.session.execute(
        sa.select(GroupCoordinator.group_id, GroupCoordinator.person_id)
        .where(GroupCoordinator.group_id.in_(groups), GroupCoordinator.ended_at.is_(None))
        .order_by(GroupCoordinator.appointed_at, GroupCoordinator.id)
    )
    running: dict[UUID, list[UUID]] = defaultdict(list)
    for group_id, person_id in rows:
        running[group_id].append(person_id)
    for unit in _all_units(found):
        unit.coordinators = running[unit.group_id]


def _add_cares(found: Found, moments: dict[UUID, Moment]) -> None:
    wanted = sa.select(Care).where(Care.moment_id.in_([moment.id for moment in moments.values()]))
    cares = {(row.moment_id, row.closes_at, row.group_id): row for row in db.session.scalars(wanted).unique()}
    secretaries = _secretaries({care.acknowledged_by for care in cares.values()} - {None})
    for step_id, units in found.items():
        moment = moments[step_id]
        for unit in units.values():
            unit.care = cares.get((moment.id, moment.until, unit.group_id))
            unit.is_answered = unit.care is not None and unit.care.acknowledged_by in {*unit.coordinators, *secretaries}
        taken = [unit for unit in units.values() if unit.is_answered]
        through = set[UUID]().union(*(unit.engagements for unit in taken))
        for unit in units.values():
            unit.is_taken = unit in taken or bool(unit.engagements & through)


def _secretaries(person_ids: Collection[UUID | None]) -> set[UUID]:
    """Return who of those that gave a word is the secretariat, which runs every group."""
    wanted = sa.select(RoleGrant.person_id).where(
        RoleGrant.role == Role.SECRETARIAT, RoleGrant.ended_at.is_(None), RoleGrant.person_id.in_(person_ids)
    )
    return set(db.session.scalars(wanted)) if person_ids else set()


def organisations_of(engagement_ids: Collection[UUID]) -> set[UUID]:
    """Return the organisations that lead engagements, and those that agreed to join."""
    wanted = sa.select(Signatory.organisation_id).where(
        Signatory.engagement_id.in_(engagement_ids), Signatory.state == SignatoryState.AGREED
    )
    return set(db.session.scalars(wanted))


def delegates_of(engagement_ids: Collection[UUID]) -> set[UUID]:
    """Return who goes for engagements."""
    wanted = sa.select(Delegate.person_id).where(
        Delegate.engagement_id.in_(engagement_ids), Delegate.person_id.is_not(None)
    )
    return {person_id for person_id in db.session.scalars(wanted) if person_id is not None}
