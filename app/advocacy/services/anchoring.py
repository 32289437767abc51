"""Steps follow the date of their occurrence, as long as nobody has confirmed or done them (R-09).

Nothing here asks who may: the services that move, add or plan do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.advocacy import events
from app.advocacy.estimating import anchor_span, estimated_timing, holds_for, offset_of, offset_timing
from app.advocacy.models import STEP, Anchor, Occurrence, Step, StepRule
from app.core.actors import PUBLIC, Actor
from app.extensions import db
from app.moments import services as moments
from app.moments.models import NOT_TAKING_PLACE, Certainty, MomentChange, Status
from app.moments.queries import list_changes_of
from app.moments.timing import Timing

OVER = (Status.HELD, Status.CANCELLED)


@dataclass(slots=True)
class Followed:
    """What became of the steps of an occurrence: made anew, moved along (or called off, or planned again) each with its
    change, and those that are confirmed and stayed where they are: somebody should look at them."""

    made: list[Step] = field(default_factory=list)
    moved: list[tuple[Step, MomentChange]] = field(default_factory=list)
    stayed: list[Step] = field(default_factory=list)


def is_estimate(step: Step) -> bool:
    """Whether the date of a step is computed and follows its anchor."""
    return step.moment.certainty is Certainty.ESTIMATED and (step.rule_id is not None or step.has_own_days)


def zone_of(occurrence: Occurrence) -> str | None:
    """Return the clock that deadlines of an occurrence go by: its own, else that of the seat of the body."""
    return occurrence.moment.zone or occurrence.space.zone


def hold(occurrence: Occurrence) -> None:
    """Lock an occurrence for what is done to it and its steps: two people never move it at once."""
    db.session.refresh(occurrence, with_for_update={"of": Occurrence})
    db.session.refresh(occurrence.moment)


def steps_of(occurrence: Occurrence) -> list[Step]:
    wanted = sa.select(Step).where(Step.occurrence_id == occurrence.id).order_by(Step.created_at, Step.id)
    return list(db.session.scalars(wanted))


def rules_of(occurrence: Occurrence) -> list[StepRule]:
    """Return the rules of its space that hold for an occurrence at its date."""
    wanted = (
        sa.select(StepRule)
        .where(StepRule.space_id == occurrence.space_id, StepRule.occurrence_kind == occurrence.kind)
        .order_by(StepRule.position, StepRule.key)
    )
    return [rule for rule in db.session.scalars(wanted) if _holds(rule, occurrence)]


def _holds(rule: StepRule, occurrence: Occurrence) -> bool:
    span = anchor_span(rule.anchor, Timing.of(occurrence.moment))
    return span is not None and holds_for(rule, occurrence.kind, span[0])


def timing_of(step: Step, occurrence: Occurrence) -> Timing | None:
    """Return when a step is expected now; None where its rule does not hold or nothing honest can be said."""
    anchored, zone = Timing.of(occurrence.moment), zone_of(occurrence)
    if occurrence.moment.status is Status.POSTPONED:
        return None
    if step.has_own_days and step.days is not None:
        return offset_timing(step.rule.anchor if step.rule else Anchor.START, step.days, anchored, zone)
    if step.rule is None or not _holds(step.rule, occurrence):
        return None
    return estimated_timing(step.rule, anchored, zone)


def follow(
    actor: Actor,
    occurrence: Occurrence,
    *,
    reason: str = "",
    now: datetime,
) -> Followed:
    """Let every estimate stand where rules put it now, make the steps that are missing, call off those of a cancelled
    occurrence. What was called off together with its occurrence is planned again with it; what somebody dropped by
    hand stays dropped."""
    found, steps = Followed(), steps_of(occurrence)
    is_off = occurrence.moment.status is Status.CANCELLED
    dropped = _dropped_by_hand(occurrence, steps)
    for step in steps:
        if step.done_at is not None or step.moment.status is Status.HELD:
            continue
        if is_off:
            _keep(found, step, _call_off(actor, step, Status.CANCELLED, reason, now))
        elif step.id in dropped:
            continue
        elif is_estimate(step):
            _keep(found, step, move_estimate(actor, step, occurrence, reason=reason, now=now))
        else:
            _keep(found, step, _plan_again(actor, step, reason, now))
            found.stayed.append(step)
    if occurrence.moment.status not in (*OVER, Status.POSTPONED):
        found.made = _make_missing(actor, occurrence, steps, now)
    if found.made or found.moved:
        events.deadlines_changed.send(occurrence, actor=actor, now=now)
    return found


def _keep(found: Followed, step: Step, change: MomentChange | None) -> None:
    if change is not None:
        found.moved.append((step, change))


def _dropped_by_hand(occurrence: Occurrence, steps: list[Step]) -> set[UUID]:
    """Return the cancelled steps whose last change was not made together with one of their occurrence and has a
    reason: whoever drops a step gives one, a rule that holds no longer has none."""
    off = [step for step in steps if step.moment.status is Status.CANCELLED]
    changes = list_changes_of([occurrence.moment_id, *(step.moment_id for step in off)] if off else [])
    together = {change.at for change in changes.get(occurrence.moment_id, [])}
    last = {step.id: next(iter(changes.get(step.moment_id, [])), None) for step in off}
    return {
        step_id for step_id, change in last.items() if change is None or (change.reason and change.at not in together)
    }


def _call_off(actor: Actor, step: Step, status: Status, reason: str, now: datetime) -> MomentChange | None:
    if step.moment.status is status:
        return None
    return moments.change_moment(actor, step.moment, status=status, reason=reason, now=now)


def _plan_again(actor: Actor, step: Step, reason: str, now: datetime) -> MomentChange | None:
    if step.moment.status not in NOT_TAKING_PLACE:
        return None
    is_sure = step.moment.certainty is Certainty.VERIFIED
    status = Status.CONFIRMED if is_sure else Status.PLANNED
    return moments.change_moment(actor, step.moment, status=status, reason=reason, now=now)


def move_estimate(
    actor: Actor, step: Step, occurrence: Occurrence, *, reason: str, now: datetime
) -> MomentChange | None:
    """Let one estimate stand where its rule puts it. Without a date to reckon from it is postponed with its occurrence;
    where its rule holds no longer it is called off."""
    timing = timing_of(step, occurrence)
    if timing is None:
        status = Status.CANCELLED if has_lost_rule(step, occurrence) else Status.POSTPONED
        return _call_off(actor, step, status, reason, now)
    if not step.has_own_days and step.rule is not None:
        step.days = offset_of(step.rule)
    change = moments.change_moment(actor, step.moment, timing=timing, status=Status.PLANNED, reason=reason, now=now)
    if change is not None:
        events.step_moved.send(step, change=change, actor=actor, now=now)
    return change


def has_lost_rule(step: Step, occurrence: Occurrence) -> bool:
    """Whether the rule a step was made of does not hold for the date of its occurrence."""
    rule = None if step.has_own_days else step.rule
    return rule is not None and _anchor_is_known(rule, occurrence) and not _holds(rule, occurrence)


def _anchor_is_known(rule: StepRule, occurrence: Occurrence) -> bool:
    is_dated = occurrence.moment.status is not Status.POSTPONED
    return is_dated and anchor_span(rule.anchor, Timing.of(occurrence.moment)) is not None


def _make_missing(actor: Actor, occurrence: Occurrence, steps: list[Step], now: datetime) -> list[Step]:
    made = [_make(actor, occurrence, rule, now) for rule in rules_of(occurrence) if not _is_there(rule, steps)]
    return [step for step in made if step is not None]


def _is_there(rule: StepRule, steps: list[Step]) -> bool:
    """Whether a step stands for a rule already: made of it, or read in the note of the body and written by hand."""
    return any(
        step.rule_id == rule.id
        or (step.rule_id is None and step.code is rule.step and step.mode_id in (None, rule.mode_id))
        for step in steps
    )


def _make(actor: Actor, occurrence: Occurrence, rule: StepRule, now: datetime) -> Step | None:
    """Return the step of a rule; None where nothing can be said of its date, or somebody made it at this moment."""
    timing = estimated_timing(rule, Timing.of(occurrence.moment), zone_of(occurrence))
    if timing is None:
        return None
    try:
        with db.session.begin_nested():
            step = new_step(actor, occurrence, timing=timing, certainty=Certainty.ESTIMATED, now=now)
            step.rule, step.code, step.mode_id, step.days = rule, rule.step, rule.mode_id, offset_of(rule)
            step.certainty, step.source, step.checked_on = rule.certainty, rule.source, rule.checked_on
            db.session.add(step)
    except IntegrityError:
        return None
    return step


def new_step(
    actor: Actor,
    occurrence: Occurrence,
    *,
    timing: Timing,
    certainty: Certainty,
    status: Status = Status.PLANNED,
    now: datetime,
) -> Step:
    """Return a step with its date, not yet in the database; its code and source are the caller's to say."""
    step_id = uuid4()
    moment = moments.create_moment(
        actor,
        subject_kind=STEP,
        subject_id=step_id,
        audience=PUBLIC,
        timing=timing,
        status=status,
        certainty=certainty,
        now=now,
    )
    return Step(id=step_id, occurrence=occurrence, moment=moment, certainty=certainty, created_at=now)
