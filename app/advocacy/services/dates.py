"""The date of an occurrence: moved, postponed, cancelled, confirmed, held, planned again (R-10).

Whatever happens to the date, the occurrence stays the same one: number, steps, and what groups have prepared for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.advocacy import events
from app.advocacy.models import OCCURRENCE, Occurrence
from app.advocacy.services.anchoring import Followed, follow, hold
from app.advocacy.services.standing_by import check_reason, check_source, clip_source, record, stand_by
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.moments import services as moments
from app.moments.models import NOT_TAKING_PLACE, Certainty, MomentChange, Precision, Status
from app.moments.timing import Timing

EXACT = (Precision.DAY, Precision.MINUTE)


class DayUnknown(RuleBroken):
    """What is confirmed has a day."""


class NotNow(RuleBroken):
    """What is called off is planned again first."""


class SameDate(RuleBroken):
    """A move to where it already is."""


@dataclass(frozen=True, slots=True)
class Dated:
    """When something is, how sure that is, and where it was read."""

    timing: Timing
    certainty: Certainty = Certainty.VERIFIED
    source: str = ""


def move_occurrence(
    actor: Actor, occurrence: Occurrence, dated: Dated, *, reason: str, now: datetime
) -> tuple[MomentChange, Followed]:
    """Give an occurrence another date (R-10). Undone steps that nobody confirmed move along in the same transaction,
    with the same reason; the others stay, to be looked at. What was postponed or cancelled takes place again. Where the
    date before was read says nothing of this one: it stays in the history.

    Raises `ReasonMissing`, `SourceMissing`, `SameDate`, and the errors of `moments.change_moment`.
    """
    require(actor, "advocacy.keep_dates", occurrence)
    hold(occurrence)
    reason, source = check_reason(reason), source_of(dated)
    change = moments.change_moment(
        actor,
        occurrence.moment,
        timing=dated.timing,
        status=status_of(dated),
        certainty=dated.certainty,
        reason=reason,
        source=source,
        old_source=occurrence.source,
        now=now,
    )
    if change is None:
        raise SameDate(_l("It is at this date already. Choose another one."), field="day")
    seen = Certainty.VERIFIED if dated.certainty is Certainty.VERIFIED else None
    occurrence.source = source
    stand_by(actor, occurrence, certainty=seen, source=source, now=now)
    followed = _changed(actor, occurrence, "moved", change, now)
    events.occurrence_moved.send(occurrence, change=change, followed=followed, actor=actor, now=now)
    return change, followed


def postpone_occurrence(
    actor: Actor, occurrence: Occurrence, *, reason: str, dated: Dated | None = None, source: str = "", now: datetime
) -> tuple[MomentChange | None, Followed]:
    """Put an occurrence off, to another date or to one that nobody knows yet. Number, drafts and people stay (R-10).
    Where that was read is said of it alone: the source of the date stays that of the date.

    Postponing twice changes nothing. Raises as `move_occurrence`.
    """
    if dated is not None:
        return move_occurrence(actor, occurrence, dated, reason=reason, now=now)
    require(actor, "advocacy.keep_dates", occurrence)
    hold(occurrence)
    reason = check_reason(reason)
    change = moments.change_moment(
        actor, occurrence.moment, status=Status.POSTPONED, reason=reason, source=clip_source(source), now=now
    )
    if change is None:
        return None, Followed()
    stand_by(actor, occurrence, now=now)
    followed = _changed(actor, occurrence, "postponed", change, now)
    events.occurrence_moved.send(occurrence, change=change, followed=followed, actor=actor, now=now)
    return change, followed


def cancel_occurrence(
    actor: Actor, occurrence: Occurrence, *, reason: str, source: str = "", now: datetime
) -> tuple[MomentChange | None, Followed]:
    """Say that an occurrence does not take place, and where that was read, if anywhere; its undone steps are called off
    with it (R-10). Cancelling twice changes nothing. Raises `ReasonMissing`, `StatusCannotFollow`."""
    require(actor, "advocacy.keep_dates", occurrence)
    hold(occurrence)
    reason = check_reason(reason)
    change = moments.change_moment(
        actor, occurrence.moment, status=Status.CANCELLED, reason=reason, source=clip_source(source), now=now
    )
    if change is None:
        return None, Followed()
    stand_by(actor, occurrence, now=now)
    followed = _changed(actor, occurrence, "cancelled", change, now)
    events.occurrence_cancelled.send(occurrence, change=change, followed=followed, actor=actor, now=now)
    return change, followed


def confirm_occurrence(
    actor: Actor, occurrence: Occurrence, *, timing: Timing, source: str, now: datetime
) -> MomentChange | None:
    """Say that a date was seen published; steps follow if it is another one than was expected.

    Raises `SourceMissing`, `DayUnknown`, `NotNow` while it is cancelled, and the errors of `moments.change_moment`.
    """
    require(actor, "advocacy.keep_dates", occurrence)
    hold(occurrence)
    source = check_source(source)
    if timing.precision not in EXACT:
        raise DayUnknown(
            _l("Name the days. As long as only the month or the year is known, the date stays expected."),
            field="day",
            rule="R-09",
        )
    if occurrence.moment.status is Status.CANCELLED:
        raise NotNow(_l("This is cancelled. Give it a new date first, and say why it takes place again."))
    change = moments.change_moment(
        actor,
        occurrence.moment,
        timing=timing,
        status=Status.CONFIRMED,
        certainty=Certainty.VERIFIED,
        reason=source,
        now=now,
    )
    stand_by(actor, occurrence, certainty=Certainty.VERIFIED, source=source, now=now)
    if change is not None:
        followed = _changed(actor, occurrence, "confirmed", change, now)
        events.occurrence_moved.send(occurrence, change=change, followed=followed, actor=actor, now=now)
    return change


def mark_held(actor: Actor, occurrence: Occurrence, *, now: datetime) -> MomentChange | None:
    """Say that an occurrence has taken place. Raises `NotHeldYet`, `StatusCannotFollow`."""
    require(actor, "advocacy.keep_dates", occurrence)
    hold(occurrence)
    change = moments.change_moment(actor, occurrence.moment, status=Status.HELD, now=now)
    if change is not None:
        stand_by(actor, occurrence, now=now)
        record(actor, "occurrence.held", OCCURRENCE, occurrence, {"space": str(occurrence.space_id)}, now=now)
    return change


def plan_again(actor: Actor, occurrence: Occurrence, *, reason: str, now: datetime) -> MomentChange | None:
    """Undo that an occurrence was cancelled, postponed or held, at the date it had; its steps come back.

    Raises `ReasonMissing`."""
    require(actor, "advocacy.keep_dates", occurrence)
    hold(occurrence)
    reason = check_reason(reason)
    moment = occurrence.moment
    if moment.status not in (*NOT_TAKING_PLACE, Status.HELD):
        return None
    is_sure = moment.certainty is Certainty.VERIFIED and moment.precision in EXACT
    status = Status.CONFIRMED if is_sure or moment.status is Status.HELD else Status.PLANNED
    change = moments.change_moment(actor, moment, status=status, reason=reason, now=now)
    stand_by(actor, occurrence, now=now)
    if change is not None:
        followed = _changed(actor, occurrence, "planned_again", change, now)
        events.occurrence_moved.send(occurrence, change=change, followed=followed, actor=actor, now=now)
    return change


def _changed(actor: Actor, occurrence: Occurrence, act: str, change: MomentChange, now: datetime) -> Followed:
    """Note a change of date and let the steps follow it, with its reason."""
    record(actor, f"occurrence.{act}", OCCURRENCE, occurrence, {"change": str(change.id)}, now=now)
    followed = follow(actor, occurrence, reason=change.reason, now=now)
    db.session.flush()
    return followed


def source_of(dated: Dated) -> str:
    """Return where a date was read, on one line. Raises `SourceMissing` where it is said to be verified."""
    return check_source(dated.source) if dated.certainty is Certainty.VERIFIED else clip_source(dated.source)


def status_of(dated: Dated) -> Status:
    """A date is confirmed when its days were seen published; else it is planned, and shown as expected."""
    is_sure = dated.certainty is Certainty.VERIFIED and dated.timing.precision in EXACT
    return Status.CONFIRMED if is_sure else Status.PLANNED
