"""A track, a group, a space or the house chooses when its people are reminded, and goes back to what held before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.reminders.defaults import Rule, can_wait
from app.reminders.kinds import DAY, OFFERED, Kind, Whom
from app.reminders.models import OwnPlan, OwnRule
from app.reminders.policy import Place
from app.reminders.queries.coming import moments_of
from app.reminders.queries.plans import find_own_plan
from app.reminders.services.planning import mark_all

FURTHEST = 365
"""Days before a date; who is reminded earlier has forgotten by then."""

MOST = 10
"""Reminders of one date: all that are offered, and one of one's own."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """When (minutes from the date, negative before it) and to whom; no offset at all is a choice too. `after`: what is
    told once it is over, each to its own people. `before`: the rules that the choice was made from, where not every
    offset need tell the same people."""

    minutes: frozenset[int]
    to_whom: frozenset[Whom]
    after: frozenset[tuple[int, Whom]] = frozenset()
    before: tuple[Rule, ...] = ()

    def whom_by_minutes(self) -> dict[int, list[str]]:
        """Return who is told by which offset, as the table keeps it, the earliest first."""
        found = self._whom_ahead()
        for minutes, whom in self.after:
            found[minutes] = found.get(minutes, frozenset()) | {whom}
        return {minutes: sorted(whom.value for whom in found[minutes]) for minutes in sorted(found)}

    def _whom_ahead(self) -> dict[int, frozenset[Whom]]:
        """Who was told by some offsets alone stays with these, so that a form that is sent unchanged changes nothing. A
        new offset tells all who are chosen. Who was told by none, or whose offsets are all gone, is told by each; and
        no offset is left with nobody."""
        told = {rule.minutes: rule.to_whom for rule in self.before}
        kept = {minutes: told.get(minutes, self.to_whom) & self.to_whom for minutes in self.minutes}
        anew = (self.to_whom - _all_of(told.values())) | (self.to_whom - _all_of(kept.values()))
        return {minutes: (whom | anew) or self.to_whom for minutes, whom in kept.items()}


def _all_of(whom: Iterable[frozenset[Whom]]) -> frozenset[Whom]:
    return frozenset[Whom]().union(*whom)


def choose_plan(actor: Actor, place: Place, kind: Kind, chosen: Chosen, *, now: datetime) -> OwnPlan:
    """Choose the reminders of one kind of dates for a place; they hold for every date that is still to come.

    Raises `RuleBroken` at `to_whom` where nobody would be told, at `when` for too many, at `days` for an offset out of
    reach, at `after` for what is not offered.
    """
    require(actor, "reminders.plan", place)
    _check(kind, chosen)
    plan = _own_plan(place, kind, now)
    plan.changed_at, plan.changed_by = now, actor.person_id
    kept = {row.minutes: row for row in plan.rules}
    told = chosen.whom_by_minutes()
    plan.rules = [kept.get(minutes) or OwnRule(minutes=minutes) for minutes in told]
    for row in plan.rules:
        row.to_whom, row.can_wait = told[row.minutes], can_wait(row.minutes)
    db.session.flush()
    _changed(actor, place, kind, now)
    return plan


def _own_plan(place: Place, kind: Kind, now: datetime) -> OwnPlan:
    """Return the plan of a place, made where it has none, and held: of two who choose at once the second one waits."""
    scope_id = scope_id_of(place)
    if find_own_plan(scope_id, kind) is None:
        try:
            with db.session.begin_nested():
                db.session.add(OwnPlan(scope=place.scope, scope_id=scope_id, kind=kind, changed_at=now))
        except IntegrityError:  # somebody else made it meanwhile
            pass
    held = sa.select(OwnPlan).where(OwnPlan.kind == kind, OwnPlan.scope_id.is_not_distinct_from(scope_id))
    return db.session.scalars(held.with_for_update(), execution_options={"populate_existing": True}).one()


def go_back(actor: Actor, place: Place, kind: Kind, *, now: datetime) -> None:
    """Take the own plan of a place away: what the house does holds again. Without one, nothing changes."""
    require(actor, "reminders.plan", place)
    plan = find_own_plan(scope_id_of(place), kind)
    if plan is not None:
        db.session.delete(plan)
        db.session.flush()
        _changed(actor, place, kind, now)


def scope_id_of(place: Place) -> UUID | None:
    return place.row.id if place.row is not None else None


def _check(kind: Kind, chosen: Chosen) -> None:
    if chosen.minutes and not chosen.to_whom:
        raise RuleBroken(_l("Say who is reminded, or choose no reminder at all."), field="to_whom")
    if not chosen.after <= set(OFFERED[kind].after):
        raise RuleBroken(_l("Choose from the list who is reminded."), field="after")
    if not chosen.to_whom <= set(OFFERED[kind].whom):
        raise RuleBroken(_l("Choose from the list who is reminded."), field="to_whom")
    if len(chosen.minutes) > MOST:
        raise RuleBroken(_l("Choose at most %(most)s.", most=MOST), field="when")
    known = set(OFFERED[kind].minutes)
    if any(abs(minutes) > FURTHEST * DAY or (minutes > 0 and minutes not in known) for minutes in chosen.minutes):
        raise RuleBroken(_l("Write a number of days from 1 to %(most)s.", most=FURTHEST), field="days")


def _changed(actor: Actor, place: Place, kind: Kind, now: datetime) -> None:
    """Have every coming moment that it may hold for planned anew."""
    mark_all(moments_of(kind, scope_id_of(place), now), now=now)
    facts = {"kind": kind.value}
    subject = scope_id_of(place) or UUID(int=0)
    audit.record(actor, "reminders.plan.changed", place.scope.value, subject, facts, now=now)
