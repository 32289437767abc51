"""Steps of an occurrence: expected by rules, confirmed by people, done, dropped, added by hand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.advocacy import events
from app.advocacy.models import STEP, AdvocacySpace, Occurrence, OccurrenceKind, ParticipationMode, Step, StepCode
from app.advocacy.services.anchoring import (
    Followed,
    follow,
    has_lost_rule,
    hold,
    is_estimate,
    move_estimate,
    new_step,
)
from app.advocacy.services.standing_by import check_reason, check_source, clip_source, record, stand_by
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.core.types import Facts
from app.extensions import db
from app.moments import services as moments
from app.moments.models import Certainty, Moment, MomentChange, Precision, Status
from app.moments.timing import Timing, settle

FURTHEST = 1000
"""Days between an occurrence and a step of it: more is a slip."""

FURTHEST_SEEN = 3650
"""Days between an occurrence and a step that was seen published: some reports are due years later."""


class DateInThePast(RuleBroken):
    """A date that has passed is noted on purpose only."""


class NotExact(RuleBroken):
    """Only a day can be confirmed."""


class NothingToReckonFrom(RuleBroken):
    """A step without a rule has no estimate to go back to."""


class IsConfirmed(RuleBroken):
    """A confirmed date follows nothing."""


class NotTakingPlace(RuleBroken):
    """What is called off is planned again first."""


def plan_steps(actor: Actor, occurrence: Occurrence, *, reason: str = "", now: datetime) -> Followed:
    """Make the steps that rules of its space foresee for an occurrence and let every estimate stand where rules put it
    now (R-09). Doing it twice changes nothing; confirmed and done steps stay."""
    require(actor, "advocacy.keep_dates", occurrence)
    hold(occurrence)
    found = follow(actor, occurrence, reason=reason, now=now)
    db.session.flush()
    return found


def plan_coming(actor: Actor, space: AdvocacySpace, kinds: Collection[OccurrenceKind], *, now: datetime) -> None:
    """Let the estimates of all sessions to come of a space stand where its rules and its clock put them now (R-09)."""
    coming = (
        sa.select(Occurrence)
        .join(Occurrence.moment)
        .where(Occurrence.space_id == space.id, Occurrence.kind.in_(kinds), Moment.until >= now)
        .order_by(Moment.starts_at, Occurrence.id)
    )
    db.session.expire_all()
    for occurrence in db.session.scalars(coming).all():
        plan_steps(actor, occurrence, now=now)


def confirm_step(
    actor: Actor, step: Step, *, timing: Timing, source: str, is_afterwards: bool = False, now: datetime
) -> MomentChange | None:
    """Let the date that was seen published stand in place of the estimate; what was expected stays in the history
    (R-09). An hour that occurs twice is the earlier one (R-08). None where the same date is confirmed again.

    Raises `SourceMissing`, `NotExact`, `DateInThePast` unless it is noted afterwards, `NotTakingPlace`, and the errors
    of `timing.resolve`.
    """
    require(actor, "advocacy.keep_dates", step)
    hold_step(step)
    _check_takes_place(step)
    source = check_source(source)
    if timing.precision not in (Precision.DAY, Precision.MINUTE):
        raise NotExact(_l("Name the day. As long as only the month is known, the date stays expected."), field="day")
    _check_near(step.occurrence, timing)
    if settle(timing)[2] < now and not is_afterwards:
        raise DateInThePast(
            _l("This date has passed. Look at the year; if you note afterwards what has been, tick the box for it."),
            field="is_afterwards",
            rule="R-09",
        )
    change = moments.change_moment(
        actor, step.moment, timing=timing, status=Status.CONFIRMED, certainty=Certainty.VERIFIED, reason=source, now=now
    )
    stand_by(actor, step, certainty=Certainty.VERIFIED, source=source, now=now)
    _record(actor, "confirmed", step, now, **({"change": str(change.id)} if change else {}))
    events.step_confirmed.send(step, change=change, actor=actor, now=now)
    return change


def unconfirm_step(actor: Actor, step: Step, *, reason: str, now: datetime) -> MomentChange | None:
    """Take a confirmed date back: the step is expected again where its rule puts it. Raises `ReasonMissing`,
    `NothingToReckonFrom`."""
    require(actor, "advocacy.keep_dates", step)
    hold_step(step)
    if is_estimate(step):
        return None
    reason = check_reason(reason)
    if has_lost_rule(step, step.occurrence) or (step.rule is None and not step.has_own_days):
        raise NothingToReckonFrom(
            _l("No rule says when this would be expected. Confirm another date instead, or drop the step.")
        )
    before = step.moment.sequence
    change = moments.change_moment(
        actor, step.moment, status=Status.PLANNED, certainty=Certainty.ESTIMATED, reason=reason, now=now
    )
    step.confirmed_at = step.confirmed_by = None
    if step.rule is not None:
        step.certainty, step.source = step.rule.certainty, step.rule.source
    moved = move_estimate(actor, step, step.occurrence, reason=reason, now=now)
    _record(actor, "unconfirmed", step, now, sequence=before)
    return moved or change


def set_own_days(actor: Actor, step: Step, days: int | None, *, reason: str, now: datetime) -> MomentChange | None:
    """Say how many days from its anchor a step is expected at this occurrence alone, negative before it; None goes back
    to the rule. Raises `ReasonMissing`, `IsConfirmed`, `NothingToReckonFrom`."""
    require(actor, "advocacy.keep_dates", step)
    hold_step(step)
    _check_takes_place(step)
    if step.moment.certainty is not Certainty.ESTIMATED:
        raise IsConfirmed(
            _l("This date is confirmed and follows no rule. Take the confirmation back first."), field="days"
        )
    if days is not None and abs(days) > FURTHEST:
        raise RuleBroken(_l("Write a number of days from 0 to %(most)s.", most=FURTHEST), field="days")
    if days is None and step.rule is None:
        raise NothingToReckonFrom(_l("No rule stands behind this step. Write a number of days."), field="days")
    reason = check_reason(reason)
    step.has_own_days, step.days = days is not None, days
    change = move_estimate(actor, step, step.occurrence, reason=reason, now=now)
    if change is not None:
        _record(actor, "moved", step, now, change=str(change.id))
    return change


def mark_step_done(actor: Actor, step: Step, *, now: datetime) -> Step:
    """Say that a step is behind us: it follows nothing any more, and nobody is reminded of it."""
    require(actor, "advocacy.keep_dates", step)
    hold_step(step)
    if step.done_at is None:
        _check_takes_place(step)
        step.done_at, step.done_by = now, actor.person_id
        _record(actor, "done", step, now)
        events.step_done.send(step, actor=actor, now=now)
    return step


def reopen_step(actor: Actor, step: Step, *, now: datetime) -> Step:
    """Undo that a step is done, or that it was dropped: an estimate catches up with its anchor.

    Raises `NotTakingPlace`, `NothingToReckonFrom` where its rule does not hold for this date."""
    require(actor, "advocacy.keep_dates", step)
    hold_step(step)
    if step.occurrence.moment.status is Status.CANCELLED:
        raise NotTakingPlace(_l("What it belongs to is cancelled. Plan that again first: its steps come back with it."))
    step.done_at = step.done_by = None
    if is_estimate(step):
        if step.moment.status is Status.CANCELLED and has_lost_rule(step, step.occurrence):
            raise NothingToReckonFrom(
                _l("Its rule does not hold for this date, so nothing is expected. Add a deadline or stage by hand.")
            )
        move_estimate(actor, step, step.occurrence, reason="", now=now)
    elif step.moment.status is Status.CANCELLED:
        is_sure = step.moment.certainty is Certainty.VERIFIED
        moments.change_moment(actor, step.moment, status=Status.CONFIRMED if is_sure else Status.PLANNED, now=now)
    _record(actor, "reopened", step, now)
    events.deadlines_changed.send(step.occurrence, actor=actor, now=now)
    return step


@dataclass(frozen=True, slots=True)
class WrittenStep:
    """A step as somebody writes it by hand: what it is called by language, for which way to take part, when, how sure
    that is, and where it was read."""

    code: StepCode
    timing: Timing
    certainty: Certainty
    source: str = ""
    label: Facts | None = None
    mode: ParticipationMode | None = None


def add_step(actor: Actor, occurrence: Occurrence, written: WrittenStep, *, now: datetime) -> Step:
    """Add a deadline or a stage that no rule foresees. A sure date names its source.

    Raises `SourceMissing`, `NotTakingPlace`, `NotExact` and the errors of `timing.resolve`."""
    require(actor, "advocacy.keep_dates", occurrence)
    hold(occurrence)
    if occurrence.moment.status is Status.CANCELLED:
        raise NotTakingPlace(_l("This is cancelled. Plan it again first, then add its steps."))
    is_sure = written.certainty is Certainty.VERIFIED
    if is_sure and written.timing.precision not in (Precision.DAY, Precision.MINUTE):
        raise NotExact(
            _l("A month or a year is no sure date. Choose “usual practice”, or name the day."), field="certainty"
        )
    _check_near(occurrence, written.timing)
    source = check_source(written.source) if is_sure else clip_source(written.source)
    step = new_step(
        actor,
        occurrence,
        timing=written.timing,
        certainty=written.certainty,
        status=Status.CONFIRMED if is_sure else Status.PLANNED,
        now=now,
    )
    step.code, step.label, step.mode = written.code, dict(written.label or {}), written.mode
    stand_by(actor, step, certainty=written.certainty, source=source, now=now)
    db.session.add(step)
    db.session.flush()
    _record(actor, "added", step, now)
    events.deadlines_changed.send(occurrence, actor=actor, now=now)
    return step


def drop_step(actor: Actor, step: Step, *, reason: str, now: datetime) -> MomentChange | None:
    """Say that a step does not apply to its occurrence. It stays to be read, called off; no rule makes it again.
    Raises `ReasonMissing`."""
    require(actor, "advocacy.keep_dates", step)
    hold_step(step)
    if step.moment.status is Status.CANCELLED:
        return None
    reason = check_reason(reason)
    change = moments.change_moment(actor, step.moment, status=Status.CANCELLED, reason=reason, now=now)
    _record(actor, "dropped", step, now)
    events.step_dropped.send(step, change=change, actor=actor, now=now)
    events.deadlines_changed.send(step.occurrence, actor=actor, now=now)
    return change


def hold_step(step: Step) -> None:
    """Lock the occurrence of a step, and read the step as it is now."""
    hold(step.occurrence)
    db.session.refresh(step)
    db.session.refresh(step.moment)


def _check_near(occurrence: Occurrence, timing: Timing) -> None:
    """Raise `RuleBroken` at `day` for a date that lies many years from what it leads up to."""
    anchor, day = occurrence.moment.wall_start or occurrence.moment.wall_end, timing.wall_start or timing.wall_end
    if anchor is not None and day is not None and abs((day - anchor).days) > FURTHEST_SEEN:
        raise RuleBroken(
            _l("This day lies more than ten years from what it belongs to. Look at the year."), field="day", rule="R-09"
        )


def _check_takes_place(step: Step) -> None:
    if step.moment.status is Status.CANCELLED:
        raise NotTakingPlace(_l("This step is called off. Open it again first."))


def _record(actor: Actor, act: str, step: Step, now: datetime, **facts: object) -> None:
    record(actor, f"step.{act}", STEP, step, {"occurrence": str(step.occurrence_id), **facts}, now=now)
