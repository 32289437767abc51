"""Sending: a due reminder becomes a notice for each person who holds it now, once.

A reminder is claimed first, by changing exactly one row: two workers tell nobody twice. What the moment and the rules
say now decides: a reminder that says something else than they do is marked to be planned anew and tells nobody.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
import structlog

from app.core.audiences import sees
from app.core.database import change_rows
from app.core.jobs import MOST_AT_ONCE, TRY_AGAIN
from app.core.registries import actors_at
from app.extensions import db
from app.reminders import telling
from app.reminders.defaults import Rule
from app.reminders.models import Mark, PlannedReminder
from app.reminders.queries.plans import rules_for
from app.reminders.reckoning import is_due
from app.reminders.services.caring import count_reminder
from app.reminders.services.planning import mark
from app.reminders.things import Thing, find_thing


def list_due(now: datetime) -> list[UUID]:
    """Return the reminders that are due, however late, the longest due first; none of a moment that is to be planned
    anew."""
    wanted = (
        sa.select(PlannedReminder.id)
        .where(
            PlannedReminder.done_at.is_(None),
            PlannedReminder.due_at <= now,
            PlannedReminder.until_at > now,
            PlannedReminder.moment_id.not_in(sa.select(Mark.moment_id)),
        )
        .order_by(PlannedReminder.due_at, PlannedReminder.id)
        .limit(MOST_AT_ONCE)
    )
    return list(db.session.scalars(wanted))


def send(planned_id: UUID, *, now: datetime) -> int:
    """Tell who is to be told of one due reminder; returns 1 where it was this worker that did."""
    claim = sa.update(PlannedReminder).where(
        PlannedReminder.id == planned_id,
        PlannedReminder.done_at.is_(None),
        PlannedReminder.due_at <= now,
        PlannedReminder.until_at > now,
    )
    if change_rows(claim.values(done_at=now)) != 1:
        return 0
    planned = db.session.get_one(PlannedReminder, planned_id)
    thing = find_thing(planned.moment_id)
    rule = _rule_for(thing, planned, now) if thing is not None else None
    if thing is None or rule is None:
        planned.done_at = None
        mark([planned.moment_id], now=now)
        return 0
    people = set[UUID]() if _is_overtaken(planned, now) else _who_sees(thing, rule, now)
    planned.told = len(people)
    telling.tell(thing, rule, planned, people, now=now)
    count_reminder(thing, people, now=now)
    return 1


def put_off_sending(planned_id: UUID, *, now: datetime) -> int:
    """Let others go before a reminder that failed: its moment is planned anew a little later, and nothing is sent of it
    before that. What changes meanwhile is tried at once."""
    planned = db.session.get(PlannedReminder, planned_id)
    if planned is None:
        return 0
    mark([planned.moment_id], now=now + TRY_AGAIN)
    return 1


def _is_overtaken(planned: PlannedReminder, now: datetime) -> bool:
    """Whether a nearer reminder of the same date is due as well, because the worker stood still: one says it all."""
    nearer = sa.select(PlannedReminder.id).where(
        PlannedReminder.moment_id == planned.moment_id,
        PlannedReminder.done_at.is_(None),
        PlannedReminder.minutes > planned.minutes,
        PlannedReminder.due_at <= now,
        PlannedReminder.until_at > now,
    )
    return db.session.scalar(nearer.limit(1)) is not None


def _rule_for(thing: Thing, planned: PlannedReminder, now: datetime) -> Rule | None:
    """Return the rule by which this reminder is due now; None where it is not."""
    rules = rules_for([thing])[thing.moment.id]
    if thing.is_quiet or not is_due(planned, thing.dues(rules), now):
        return None
    return next(rule for rule in rules if rule.minutes == planned.minutes)


def _who_sees(thing: Thing, rule: Rule, now: datetime) -> set[UUID]:
    """Return who is told: of those meant by the rule, whoever may see the moment."""
    meant = sorted(thing.told(rule.minutes, rule.to_whom, now), key=str)
    actors = actors_at(meant, now)
    return {person_id for person_id in meant if sees(actors[person_id], thing.moment.audience)}


def let_go_of_missed(now: datetime) -> int:
    """Let go of reminders that nobody could send in time, and say in the log that there were any; returns how many."""
    is_missed = sa.and_(PlannedReminder.done_at.is_(None), PlannedReminder.until_at <= now)
    if not db.session.scalar(sa.select(sa.exists().where(is_missed))):
        return 0
    missed = change_rows(sa.update(PlannedReminder).where(is_missed).values(done_at=now))
    structlog.get_logger().warning("reminders.missed", rows=missed)
    return missed
