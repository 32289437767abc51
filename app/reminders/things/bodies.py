"""Dates of bodies: deadlines that close, and sessions that begin. Stages of a session remind nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

import sqlalchemy as sa

from app.advocacy.models import DEADLINES, OCCURRENCE, STEP, Occurrence, OccurrenceKind, Step, StepCode
from app.core.registries import audience_holders
from app.extensions import db
from app.moments.models import Moment, Status
from app.people.keys import mandate_key
from app.reminders.kinds import Kind, Whom
from app.reminders.reckoning import TAKES_PLACE
from app.reminders.things.cares import Unit, delegates_of, organisations_of, units_of_occurrences, units_of_steps
from app.reminders.things.shape import Thing
from app.workinggroups.keys import group_key

OF_EVENTS = (StepCode.SIDE_EVENT_APPLICATION, StepCode.PARALLEL_EVENT_APPLICATION, StepCode.EVENT_APPLICATION)
OF_REGISTRATION = (
    StepCode.REGISTRATION,
    StepCode.REVIEWER_REGISTRATION,
    StepCode.ADMISSION_APPLICATION,
    StepCode.NOMINATION,
    StepCode.ORAL_STATEMENT_REQUEST,
    StepCode.OTHER_DEADLINE,
)


def kind_of(code: StepCode) -> Kind:
    """Return which plan holds for a deadline: what is to be written takes longest."""
    return Kind.EVENT if code in OF_EVENTS else Kind.REGISTRATION if code in OF_REGISTRATION else Kind.TEXT


def codes_of(kind: Kind) -> list[StepCode]:
    """Return the deadlines for which a plan holds."""
    return [code for code in DEADLINES if kind_of(code) is kind]


def is_open(step: Step, now: datetime) -> bool:
    """Whether a deadline still wants somebody: it is ahead, takes place, and is not done."""
    return step.is_deadline and _is_to_do(step) and step.moment.until > now


def _is_to_do(step: Step) -> bool:
    return step.done_at is None and step.status_now in TAKES_PLACE


def read_steps(moments: Collection[Moment]) -> Iterator[Thing]:
    """Yield deadlines by their moments; those that are done or called off with their session are quiet."""
    by_subject = {moment.subject_id: moment for moment in moments if moment.subject_kind == STEP}
    if not by_subject:
        return
    wanted = sa.select(Step).where(Step.id.in_(by_subject), Step.code.in_(DEADLINES))
    steps = list(db.session.scalars(wanted).unique())
    for step in steps:
        yield Thing(
            moment=by_subject[step.id],
            kind=kind_of(step.code),
            scope_id=step.occurrence.space_id,
            row=step,
            people=partial(people_of_step, step),
            after=partial(_has_not_handed_in, step),
            is_quiet=not _is_to_do(step),
            seat=step.occurrence.moment.zone or step.occurrence.space.zone,
            known_since=step.created_at,
        )


def people_of_step(step: Step, to_whom: Collection[Whom], now: datetime) -> set[UUID]:
    """Return who is told of a deadline now: nobody of a group in which somebody takes care of it."""
    units = [unit for unit in units_of_steps([step])[step.id] if not unit.is_taken]
    return people_of(units, to_whom, now)


def _has_not_handed_in(step: Step, _to_whom: Collection[Whom], _now: datetime) -> set[UUID]:
    """Once it has closed: who takes care of it, else who was reminded, of groups whose engagement still says that
    something is to be handed in."""
    found: set[UUID] = set()
    for unit in units_of_steps([step])[step.id]:
        said = unit.care.acknowledged_by if unit.care is not None and unit.is_answered else None
        found |= ({said} if said is not None else unit.reminded) if unit.engagements else set()
    return found


def people_of(units: Collection[Unit], to_whom: Collection[Whom], now: datetime) -> set[UUID]:
    """Return who is told, of groups that care about a date."""
    working = [unit for unit in units if unit.engagements]
    found: set[UUID] = set()
    if Whom.RESPONSIBLE in to_whom:
        found |= {person_id for unit in working for person_id in unit.reminded}
    if Whom.FOLLOWERS in to_whom:
        found |= {person_id for unit in units if not unit.engagements for person_id in unit.reminded}
    if Whom.COORDINATORS in to_whom:
        found |= {person_id for unit in units for person_id in unit.coordinators}
    if Whom.GROUP in to_whom:
        found |= {person_id for unit in working for person_id in audience_holders(group_key(unit.group_id), now)}
    if Whom.ORGANISATION in to_whom:
        through = set[UUID]().union(*(unit.engagements for unit in working))
        for organisation_id in organisations_of(through) if through else ():
            found |= audience_holders(mandate_key(organisation_id), now)
    return found


def read_occurrences(moments: Collection[Moment]) -> Iterator[Thing]:
    """Yield sessions of bodies by their moments. Of a call, what closes is the deadline: it alone is reminded of."""
    by_subject = {moment.subject_id: moment for moment in moments if moment.subject_kind == OCCURRENCE}
    if not by_subject:
        return
    for row in db.session.scalars(sa.select(Occurrence).where(Occurrence.id.in_(by_subject))).unique():
        yield Thing(
            moment=by_subject[row.id],
            kind=Kind.OCCURRENCE,
            scope_id=row.space_id,
            row=row,
            people=partial(people_of_occurrence, row),
            is_quiet=row.moment.status is Status.HELD or row.kind is OccurrenceKind.CALL,
            seat=row.space.zone,
        )


def people_of_occurrence(row: Occurrence, to_whom: Collection[Whom], now: datetime) -> set[UUID]:
    """Return who is told of a session: as of its deadlines, and whoever goes there."""
    units = units_of_occurrences([row])[row.id]
    found = people_of(units, to_whom, now)
    if Whom.RESPONSIBLE in to_whom:
        found |= delegates_of(set[UUID]().union(*(unit.engagements for unit in units)))
    return found
