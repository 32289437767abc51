"""What should be compared with its source again, most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.advocacy.models import (
    DEADLINES,
    MODE,
    OCCURRENCE,
    RULE,
    SPACE,
    STEP,
    AdvocacySpace,
    Fact,
    Occurrence,
    ParticipationMode,
    Step,
    StepRule,
)
from app.core.errors import NotFound
from app.extensions import db
from app.moments.models import Certainty, Moment, Status

KINDS: dict[str, type[Any]] = {
    SPACE: AdvocacySpace,
    MODE: ParticipationMode,
    RULE: StepRule,
    OCCURRENCE: Occurrence,
    STEP: Step,
}
"""What is compared with its source, by the name of its kind."""

PAGE = 20
"""Entries on one page of the list."""

SOON, LATER = timedelta(days=120), timedelta(days=365)
"""An estimated deadline within the first, an unsure date within the second should be looked at before it is due."""

REST = timedelta(days=21)
"""So long a date that somebody of this house has looked at is left in peace, however unsure it stays."""

OVER = (Status.HELD, Status.CANCELLED)


class Why(IntEnum):
    """Why something is due. Dates that nobody has seen and those that are expected stand together, by their day."""

    LEFT = 0  # over, and nobody has noted whether it took place
    MISSED = 1  # an estimated deadline that is probably over, of a session to come: perhaps it is not
    UNSURE = 2  # nobody has seen it in a source, and it is within a year
    EXPECTED = 3  # an estimated deadline that comes near
    OLD = 4  # nobody has looked for as long as its space allows


@dataclass(frozen=True, slots=True)
class Due:
    """One entry: `on` is the last day it is about, or the day it was last looked at."""

    why: Why
    on: date
    kind: str
    thing_id: UUID

    @property
    def order(self) -> tuple[int, date, str, UUID]:
        """What is over stands first, then every date that is not sure by its day, then what was not looked at."""
        return (Why.UNSURE if self.why is Why.EXPECTED else self.why, self.on, self.kind, self.thing_id)


@dataclass(frozen=True, slots=True)
class _Row:
    """What decides whether a fact is due; `until` None where it has no date."""

    kind: str
    thing_id: UUID
    checked_on: date | None
    is_by_us: bool
    recheck_days: int
    is_unsure: bool
    until: datetime | None = None
    is_estimated: bool = False
    is_left: bool = False
    is_missed: bool = False


def list_due(now: datetime) -> list[Due]:
    """Return everything that is due, most urgent first: in each part what comes first, or was looked at longest ago.
    Of a session that is over it is asked whether it took place; a confirmed deadline that is over needs no look."""
    return sorted((due for row in _rows(now) if (due := _due(row, now)) is not None), key=lambda due: due.order)


def _due(row: _Row, now: datetime) -> Due | None:
    seen = row.checked_on or date.min
    is_rested = row.checked_on is None or not row.is_by_us or row.checked_on + REST <= now.date()
    if row.until is not None and row.is_left:
        return Due(Why.LEFT, row.until.date(), row.kind, row.thing_id) if is_rested else None
    if row.until is not None and is_rested:
        if row.is_missed:
            return Due(Why.MISSED, row.until.date(), row.kind, row.thing_id)
        if row.is_unsure and row.until < now + LATER:
            return Due(Why.UNSURE, row.until.date(), row.kind, row.thing_id)
        if row.is_estimated and row.until < now + SOON:
            return Due(Why.EXPECTED, row.until.date(), row.kind, row.thing_id)
    if row.checked_on is None or row.checked_on + timedelta(days=row.recheck_days) <= now.date():
        return Due(Why.OLD, seen, row.kind, row.thing_id)
    return None


def _rows(now: datetime) -> Iterator[_Row]:
    for kind in (SPACE, MODE, RULE):
        for row in db.session.execute(_of_catalogue(KINDS[kind], now)):
            yield _Row(kind, row.id, row.checked_on, row.checked_by is not None, row.recheck_days, is_unsure=False)
    for kind in (OCCURRENCE, STEP):
        for row in db.session.execute(_of_dates(KINDS[kind], now)):
            is_over = row.until < now and row.status in (Status.PLANNED, Status.CONFIRMED)
            yield _Row(
                kind,
                row.id,
                row.checked_on,
                row.checked_by is not None,
                row.recheck_days,
                is_unsure=Certainty.UNSURE in (row.certainty, row.of_date),
                until=row.until,
                is_left=is_over and kind == OCCURRENCE,
                is_missed=is_over and kind == STEP,
                is_estimated=kind == STEP and row.of_date is Certainty.ESTIMATED and row.code in DEADLINES,
            )


def _of_catalogue(model: type[Any], now: datetime) -> sa.Select[Any]:
    """Return the rows of a space, how one takes part in it or a rule; rules that hold no longer stay as they are."""
    wanted = sa.select(model.id, model.checked_on, model.checked_by, AdvocacySpace.recheck_days)
    if model is AdvocacySpace:
        return wanted
    wanted = wanted.join(AdvocacySpace, AdvocacySpace.id == model.space_id)
    if model is StepRule:
        return wanted.where(sa.or_(StepRule.valid_until.is_(None), StepRule.valid_until >= now.date()))
    return wanted.where(ParticipationMode.is_closed.is_(False))


def _of_dates(model: type[Any], now: datetime) -> sa.Select[Any]:
    """Return occurrences and steps that are still to come (what was put off is, whatever day it was to be),
    occurrences that nobody has noted as held, and what was expected before one that is still to come."""
    wanted = sa.select(
        model.id, model.checked_on, model.checked_by, model.certainty, AdvocacySpace.recheck_days, Moment.until,
        Moment.certainty.label("of_date"), Moment.status, model.code,
    )  # fmt: skip
    if model is Step:
        wanted = wanted.join(Occurrence, Occurrence.id == Step.occurrence_id).where(Step.done_at.is_(None))
    return (
        wanted.join(AdvocacySpace, AdvocacySpace.id == Occurrence.space_id)
        .join(Moment, Moment.id == model.moment_id)
        .where(_is_open(model, now))
    )


def _is_open(model: type[Any], now: datetime) -> sa.ColumnElement[bool]:
    to_come = sa.and_(sa.or_(Moment.until >= now, Moment.status == Status.POSTPONED), Moment.status.not_in(OVER))
    is_over = sa.and_(Moment.until < now, Moment.status.in_((Status.PLANNED, Status.CONFIRMED)))
    if model is Occurrence:
        return sa.or_(to_come, is_over)
    session = aliased(Moment)
    is_to_be = Occurrence.moment.of_type(session).has(sa.and_(session.until >= now, session.status.not_in(OVER)))
    is_missed = sa.and_(is_over, Moment.certainty == Certainty.ESTIMATED, Step.code.in_(DEADLINES), is_to_be)
    return sa.or_(to_come, is_missed)


def get_fact(kind: str, thing_id: UUID) -> Fact:
    """Return what can be compared with its source, by the name of its kind; raises `NotFound`."""
    fact: Fact | None = db.session.get(KINDS[kind], thing_id) if kind in KINDS else None
    if fact is None:
        raise NotFound
    return fact


def list_facts(page: list[Due]) -> dict[UUID, Fact]:
    """Return the rows of a page of what is due, one question per kind."""
    found: dict[UUID, Fact] = {}
    for kind, model in KINDS.items():
        ids = [due.thing_id for due in page if due.kind == kind]
        if ids:
            found |= {row.id: row for row in db.session.scalars(sa.select(model).where(model.id.in_(ids)))}
    return found
