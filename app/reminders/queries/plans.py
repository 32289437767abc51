"""Which rules hold: those of a track, group or space, else the house's own, else the defaults. Decided here alone."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from app.extensions import db
from app.reminders.defaults import DEFAULTS, Rule
from app.reminders.kinds import Kind, Whom
from app.reminders.models import OwnPlan
from app.reminders.things import Thing

Own = dict[tuple[UUID | None, Kind], tuple[Rule, ...]]
"""Plans of one's own, by scope (None: the house) and kind."""


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


def rules_in_force(scope_ids: Iterable[UUID]) -> Own:
    """Return the own plans of scopes and of the house, by scope and kind."""
    wanted = sa.select(OwnPlan).where(sa.or_(OwnPlan.scope_id.in_(set(scope_ids)), OwnPlan.scope_id.is_(None)))
    return {(plan.scope_id, plan.kind): rules_of(plan) for plan in db.session.scalars(wanted)}


def choose_among(own: Own, scope_id: UUID | None, kind: Kind) -> tuple[tuple[Rule, ...], str]:
    """Return the rules that hold for a kind of dates of one scope, and where they come from: `own`, `house` or
    `default`."""
    if scope_id is not None and (scope_id, kind) in own:
        return own[(scope_id, kind)], "own"
    if (None, kind) in own:
        return own[(None, kind)], "own" if scope_id is None else "house"
    return DEFAULTS[kind], "default"


def rules_for(things: Iterable[Thing]) -> dict[UUID, tuple[Rule, ...]]:
    """Return the rules that hold for things, by moment, in two queries."""
    things = list(things)
    own = rules_in_force(thing.scope_id for thing in things)
    return {thing.moment.id: choose_among(own, thing.scope_id, thing.kind)[0] for thing in things}
