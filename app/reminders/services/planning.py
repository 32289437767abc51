"""Planning: what is due when, for each moment, kept true by marks.

Whatever changes a moment leaves a mark in its own transaction; whoever plans takes the marks away in the transaction of
the planning. Nothing is sent for a moment that is marked, so no reminder leaves on the word of an old date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from app.core.database import take_turns
from app.core.types import UTCDateTime
from app.extensions import db
from app.moments.models import Moment
from app.reminders.models import Mark, PlannedReminder
from app.reminders.queries.plans import rules_for
from app.reminders.reckoning import Due, plan
from app.reminders.things import SUBJECTS, read_things

BATCH = 200
LATER = timedelta(hours=1)
TURN = "reminders.plan"
"""Whoever plans waits for whoever plans already."""


def mark(moment_ids: Iterable[UUID], *, now: datetime) -> None:
    """Have the reminders of moments planned anew before anything of them is sent."""
    db.session.add_all([Mark(moment_id=moment_id, marked_at=now) for moment_id in moment_ids])
    db.session.flush()


def mark_all(moment_ids: sa.Select[UUID], *, now: datetime) -> None:
    """The same for all that a question finds, however many, in one statement."""
    chosen = moment_ids.order_by(None).subquery()
    is_postgres = db.engine.dialect.name == "postgresql"
    new_id = sa.func.gen_random_uuid() if is_postgres else sa.func.lower(sa.func.hex(sa.func.randomblob(16)))
    rows = sa.select(new_id, chosen.c[0], sa.literal(now, UTCDateTime))
    db.session.execute(sa.insert(Mark).from_select(["id", "moment_id", "marked_at"], rows))


def list_marked(now: datetime) -> list[UUID]:
    """Return a batch of the moments that are to be planned anew, those that wait longest first."""
    wanted = sa.select(Mark.moment_id).where(Mark.marked_at <= now).order_by(Mark.marked_at, Mark.id).limit(BATCH)
    return list(dict.fromkeys(db.session.scalars(wanted)))


def plan_marked(moment_ids: Collection[UUID], *, now: datetime) -> int:
    """Plan marked moments, and take their marks away: those that were there before their dates were read. A change that
    comes meanwhile leaves one of its own. Returns how many were planned."""
    take_turns(TURN)
    marks = list(db.session.scalars(sa.select(Mark.id).where(Mark.moment_id.in_(moment_ids))))
    replan(moment_ids, now=now)
    _change(sa.delete(Mark).where(Mark.id.in_(marks)))
    return len(moment_ids)


def put_off(moment_ids: Collection[UUID], *, now: datetime) -> None:
    """Leave moments that could not be planned for later, so that they keep none of the others waiting. They stay
    marked: nothing is sent for them. What changes meanwhile is tried at once."""
    tried = sa.update(Mark).where(Mark.moment_id.in_(moment_ids), Mark.marked_at <= now)
    _change(tried.values(marked_at=now + LATER))


def _change(statement: sa.Delete | sa.Update) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": False})


def replan(moment_ids: Collection[UUID], *, now: datetime) -> None:
    """Make what is planned for moments what their dates and rules ask for now (R-08, R-09): unsent reminders move or
    are let go, sent ones are never repeated. What a plan has no more is taken away without a trace. In as many queries
    for one moment as for many."""
    wanted = sa.select(Moment).where(Moment.id.in_(moment_ids)).execution_options(populate_existing=True)
    moments = list(db.session.scalars(wanted))
    things = read_things(moments)
    rules = rules_for(things.values())
    rows: dict[UUID, list[PlannedReminder]] = defaultdict(list)
    for row in db.session.scalars(sa.select(PlannedReminder).where(PlannedReminder.moment_id.in_(moment_ids))):
        rows[row.moment_id].append(row)
    for moment in moments:
        thing = things.get(moment.id)
        due: dict[int, Due] = {}
        asked = {rule.minutes for rule in rules.get(moment.id, ())}
        if thing is not None and not thing.is_quiet:
            due = thing.dues(rules[moment.id])
        changes = plan(due, rows[moment.id], now)
        for old in changes.gone:
            _let_go(old, old.minutes in asked, now)
        for old, at in changes.moved:
            old.due_at, old.until_at, old.anchor_at = at.at, at.until, at.anchor
        db.session.add_all(_armed(moment, at, arming) for at, arming in changes.new)
    db.session.flush()


def _let_go(row: PlannedReminder, is_asked: bool, now: datetime) -> None:
    if is_asked:
        row.done_at = now
    else:
        db.session.delete(row)


def _armed(moment: Moment, at: Due, arming: int) -> PlannedReminder:
    return PlannedReminder(
        moment_id=moment.id,
        minutes=at.minutes,
        arming=arming,
        anchor_at=at.anchor,
        due_at=at.at,
        until_at=at.until,
    )


def coming_moments(now: datetime, after: UUID | None) -> list[UUID]:
    """Return a batch of the moments that are not over and of which reminders may be due, by their ids."""
    wanted = sa.select(Moment.id).where(Moment.until >= now, Moment.subject_kind.in_(SUBJECTS))
    if after is not None:
        wanted = wanted.where(Moment.id > after)
    return list(db.session.scalars(wanted.order_by(Moment.id).limit(BATCH)))
