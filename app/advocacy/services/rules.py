"""Rules from which dates of a space are estimated. When a rule changes, the estimates of sessions to come follow; what
people confirmed or did stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.advocacy.models import (
    RULE,
    AdvocacySpace,
    Anchor,
    OccurrenceKind,
    StepCode,
    StepRule,
)
from app.advocacy.queries import get_mode
from app.advocacy.services.spaces import Sure, keep_doubts
from app.advocacy.services.standing_by import record, stand_by
from app.advocacy.services.steps import plan_coming
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db

FURTHEST = 2000
"""Days between a session and a step that a rule may foresee."""

LEAP_YEAR = 2024


class BadRule(RuleBroken):
    """A range turned round, a usual day outside of it, a day that does not exist, dates of validity turned round."""


class RuleIsThere(RuleBroken):
    """Two rules of a space with the same key cannot be told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFacts:
    """What somebody writes about a rule. Offsets are days from the anchor, negative before it; a step of the same day
    each year has `fixed_on` ("06-01") and no offsets."""

    step: StepCode
    kind: OccurrenceKind
    anchor: Anchor
    sure: Sure
    first: int | None = None
    last: int | None = None
    typical: int | None = None
    fixed_on: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    mode_id: UUID | None = None


def add_rule(actor: Actor, space: AdvocacySpace, facts: RuleFacts, *, now: datetime) -> StepRule:
    """Add a rule, behind the others. Raises `BadRule`, `RuleIsThere`, `SourceMissing`."""
    require(actor, "advocacy.keep_catalogue", space)
    check_rule(facts)
    last = db.session.scalar(sa.select(sa.func.max(StepRule.position)).where(StepRule.space_id == space.id))
    rule = StepRule(space_id=space.id, position=(last or 0) + 1, key=_key(facts), certainty=facts.sure.certainty)
    _write(actor, rule, space, facts, now)
    try:
        with db.session.begin_nested():
            db.session.add(rule)
    except IntegrityError:
        raise RuleIsThere(
            _l("This space already has a rule for this step and these dates. Change the one that is there."),
            field="step",
        ) from None
    record(actor, "rule.added", RULE, rule, {"space": str(space.id)}, now=now)
    plan_coming(actor, space, {facts.kind}, now=now)
    return rule


def change_rule(actor: Actor, rule: StepRule, facts: RuleFacts, *, now: datetime) -> StepRule:
    """Write a rule anew. Raises `BadRule`, `SourceMissing`."""
    require(actor, "advocacy.keep_catalogue", rule)
    check_rule(facts)
    kinds = {rule.occurrence_kind, facts.kind}
    _write(actor, rule, rule.space, facts, now)
    db.session.flush()
    record(actor, "rule.changed", RULE, rule, now=now)
    plan_coming(actor, rule.space, kinds, now=now)
    return rule


def check_rule(facts: RuleFacts) -> None:
    """Raise `BadRule` for what no rule can say."""
    if facts.anchor is Anchor.YEAR:
        _check_day(facts.fixed_on)
    else:
        _check_range(facts)
    if facts.valid_from and facts.valid_until and facts.valid_until < facts.valid_from:
        raise BadRule(_l("The last day lies before the first one. Turn them round."), field="valid_until")


def _check_day(fixed_on: str) -> None:
    try:
        date.fromisoformat(f"{LEAP_YEAR}-{fixed_on}")
    except ValueError:
        raise BadRule(_l("This day does not exist. Choose a month, and a day it has."), field="fixed_day") from None


def _check_range(facts: RuleFacts) -> None:
    first, last, typical = facts.first, facts.last, facts.typical
    if first is None or last is None:
        raise BadRule(_l("Write how many days before or after."), field="nearest")
    if first > last:
        raise BadRule(
            _l("The range is turned round: write the smaller number of days first, the larger one second."),
            field="furthest",
        )
    if max(abs(first), abs(last)) > FURTHEST:
        raise BadRule(_l("Write a number of days from 0 to %(most)s.", most=FURTHEST), field="furthest")
    if typical is not None and not first <= typical <= last:
        raise BadRule(_l("The usual number of days lies between the two others."), field="usual")


def _key(facts: RuleFacts) -> str:
    """Return by what a rule is found again within its space: its step, for which dates, from when on."""
    parts = (facts.step.value, facts.kind.value, facts.valid_from.isoformat() if facts.valid_from else "")
    return "-".join(part for part in parts if part)[:60]


def _write(actor: Actor, rule: StepRule, space: AdvocacySpace, facts: RuleFacts, now: datetime) -> None:
    sure = facts.sure.checked()
    is_yearly = facts.anchor is Anchor.YEAR
    values: dict[str, Any] = {
        "step": facts.step,
        "occurrence_kind": facts.kind,
        "anchor": facts.anchor,
        "offset_min": None if is_yearly else facts.first,
        "offset_max": None if is_yearly else facts.last,
        "typical": None if is_yearly else facts.typical,
        "fixed_on": facts.fixed_on if is_yearly else "",
        "valid_from": facts.valid_from,
        "valid_until": facts.valid_until,
        "mode_id": get_mode(space, facts.mode_id).id if facts.mode_id else None,
    }
    keep_doubts(rule, {name for name, value in values.items() if getattr(rule, name) != value})
    for name, value in values.items():
        setattr(rule, name, value)
    stand_by(actor, rule, certainty=sure.certainty, source=sure.source, now=now)
