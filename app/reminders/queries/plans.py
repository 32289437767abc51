"""Which rules hold for a thing: those of its track, group or space, else the house's own, else the defaults."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from app.extensions import db
from app.reminders.defaults import DEFAULTS, Rule
from app.reminders.kinds import Kind, Whom
from app.reminders.models import OwnPlan
from app.reminders.things import Thing


def rules_of(plan: OwnPlan) -> tuple[Rule, ...]:
    """Return the rules of a plan of one's own; codes that are not known any more tell nobody."""
    known = set(Whom)
    return tuple(
        Rule(row.minutes, frozenset(Whom(code) for code in row.to_whom if code in known), row.can_wait)
        for row in plan.rules
    )


def find_own_plan(scope_id: UUID | None, kind: Kind) -> OwnPlan | None:
    """Return the plan that a scope chose itself for one kind; the house for None."""
    wanted = sa.select(OwnPlan).where(OwnPlan.kind == kind, OwnPlan.scope_id.is_not_distinct_from(scope_id))
    return db.session.scalar(wanted)


def rules_in_force(scope_ids: Iterable[UUID]) -> dict[tuple[UUID | None, Kind], tuple[Rule, ...]]:
    """Return the own plans of scopes and of the house, by scope and kind."""
    wanted = sa.select(OwnPlan).where(sa.or_(OwnPlan.scope_id.in_(set(scope_ids)), OwnPlan.scope_id.is_(None)))
    return {(plan.scope_id, plan.kind): rules_of(plan) for plan in db.session.scalars(wanted)}


def rules_for(things: Iterable[Thing]) -> dict[UUID, tuple[Rule, ...]]:
    """Return the rules that hold for things, by moment, in two queries."""
    things = list(things)
    own = rules_in_force(thing.scope_id for thing in things)
    return {
        thing.moment.id: own.get((thing.scope_id, thing.kind), own.get((None, thing.kind), DEFAULTS[thing.kind]))
        for thing in things
    }
