"""The time and the state of a gathering: confirmed, moved, cancelled, reopened (R-10)."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import one_line
from app.core.permissions import require
from app.extensions import db
from app.moments import services as moments
from app.moments.models import NOT_TAKING_PLACE, Certainty, MomentChange, Precision, Status
from app.moments.timing import Timing
from app.sessions import events, telling
from app.sessions.hosts import words_of
from app.sessions.models import Attendance, Gathering
from app.sessions.services.contents import time_digest_of
from app.sessions.services.scheduling.parts import check_fits, minutes_between
from app.sessions.services.scheduling.planning import NotNow


class NoHourYet(RuleBroken):
    """What has no hour cannot be certain."""


class ReasonMissing(RuleBroken):
    """People who are told of a change are told why."""


class SameTime(RuleBroken):
    """A move to where it already is."""


class WasHeld(RuleBroken):
    """People attended it: it has been."""


def confirm_session(actor: Actor, gathering: Gathering, *, now: datetime) -> Gathering:
    """Say that a gathering is certain, and tell its members. It needs an hour, and must not be cancelled. Raises
    `NoHourYet`, `NotNow`."""
    require(actor, "sessions.lead_session", gathering)
    moment = gathering.moment
    if moment.precision is not Precision.MINUTE:
        raise NoHourYet(words_of(gathering).has_no_hour)
    if moment.status in NOT_TAKING_PLACE:
        raise NotNow(words_of(gathering).off_when_confirmed)
    if moment.status is Status.HELD:
        return gathering
    change = moments.change_moment(actor, moment, status=Status.CONFIRMED, certainty=Certainty.VERIFIED, now=now)
    if change is not None:
        audit.record(actor, "sessions.session.confirmed", gathering.kind, gathering.id, now=now)
        events.session_confirmed.send(gathering, actor=actor, now=now)
        telling.sessions.tell_changed(actor, gathering, change, telling.sessions.CONFIRMED, now=now)
    return gathering


def _check_not_attended(gathering: Gathering) -> None:
    attended = sa.select(sa.func.count()).where(
        Attendance.gathering_id == gathering.id, Attendance.unmarked_at.is_(None)
    )
    if db.session.scalar(attended):
        raise WasHeld(words_of(gathering).was_held)


def check_reason(reason: str) -> str:
    """Return the reason of a change on one line; raises `ReasonMissing`."""
    reason = one_line(reason)
    if not reason:
        raise ReasonMissing(_l("Write why: everybody who joined is told."), field="reason")
    return reason[:500]


def shift_session(
    actor: Actor, gathering: Gathering, *, timing: Timing, reason: str, now: datetime
) -> MomentChange | None:
    """Give one gathering another time, keep the old one in its history, and tell nobody yet; None where nothing
    differs. Whoever calls it has asked who may, and tells people of the one change they made. Raises `NotNow`,
    `WasHeld`, `BadAgenda` and the errors of `moments.timing`."""
    moment = gathering.moment
    if moment.status is Status.CANCELLED:
        raise NotNow(words_of(gathering).off_when_moved)
    _check_not_attended(gathering)
    check_fits(gathering, minutes_between(timing))
    has_hour = timing.precision is Precision.MINUTE
    is_certain = has_hour and moment.status is Status.CONFIRMED
    change = moments.change_moment(
        actor,
        moment,
        timing=timing,
        status=Status.CONFIRMED if is_certain else Status.PLANNED,
        certainty=Certainty.VERIFIED if has_hour else Certainty.ESTIMATED,
        reason=reason,
        now=now,
    )
    if change is not None:
        audit.record(actor, "sessions.session.moved", gathering.kind, gathering.id, {"change": str(change.id)}, now=now)
        events.session_moved.send(gathering, actor=actor, change=change, now=now)
    return change


def reason_of_move(gathering: Gathering, reason: str) -> str:
    """Return why it moves, on one line: an expected one that gets its hour needs no reason."""
    had_hour = gathering.moment.precision is Precision.MINUTE
    return check_reason(reason) if had_hour else one_line(reason)[:500]


def move_session(
    actor: Actor, gathering: Gathering, *, timing: Timing, reason: str = "", filled_from: str = "", now: datetime
) -> MomentChange:
    """Give a gathering another time, keep the old one in its history, and tell its members (R-10).

    An expected one that gets its hour needs no reason; any other move does. `filled_from` is the `time_digest_of`
    what the writer was looking at. Raises `ReasonMissing`, `SameTime`, `ChangedMeanwhile`, `NotNow`,
    `WasHeld`, `BadAgenda` (a line would lie after the end) and the errors of `moments.timing`.
    """
    require(actor, "sessions.lead_session", gathering)
    if filled_from and filled_from != time_digest_of(gathering):
        raise moments.ChangedMeanwhile(words_of(gathering).changed_meanwhile)
    reason = reason_of_move(gathering, reason)
    change = shift_session(actor, gathering, timing=timing, reason=reason, now=now)
    if change is None:
        raise SameTime(words_of(gathering).same_time, field="day")
    telling.sessions.tell_changed(actor, gathering, change, telling.sessions.MOVED, now=now)
    return change


def call_off(actor: Actor, gathering: Gathering, *, reason: str, now: datetime) -> MomentChange | None:
    """Cancel one gathering and tell nobody yet: see `shift_session`; whether the actor may is asked by the service that
    calls this. Raises `WasHeld`."""
    _check_not_attended(gathering)
    change = moments.change_moment(actor, gathering.moment, status=Status.CANCELLED, reason=reason, now=now)
    if change is not None:
        audit.record(
            actor, "sessions.session.cancelled", gathering.kind, gathering.id, {"change": str(change.id)}, now=now
        )
        events.session_cancelled.send(gathering, actor=actor, change=change, now=now)
    return change


def cancel_session(actor: Actor, gathering: Gathering, *, reason: str, now: datetime) -> Gathering:
    """Call a gathering off, say why, and tell its members (R-10). Cancelling twice changes nothing.

    Raises `ReasonMissing`, `WasHeld`.
    """
    require(actor, "sessions.lead_session", gathering)
    if gathering.moment.status is Status.CANCELLED:
        return gathering
    change = call_off(actor, gathering, reason=check_reason(reason), now=now)
    if change is not None:
        telling.sessions.tell_changed(actor, gathering, change, telling.sessions.CANCELLED, now=now)
    return gathering


def reopen_session(actor: Actor, gathering: Gathering, *, now: datetime) -> Gathering:
    """Plan what was cancelled or postponed again, at the time it had, and tell its members (R-10)."""
    require(actor, "sessions.lead_session", gathering)
    if gathering.moment.status not in NOT_TAKING_PLACE:
        return gathering
    change = moments.change_moment(actor, gathering.moment, status=Status.PLANNED, now=now)
    if change is not None:
        audit.record(
            actor, "sessions.session.reopened", gathering.kind, gathering.id, {"change": str(change.id)}, now=now
        )
        telling.sessions.tell_changed(actor, gathering, change, telling.sessions.REOPENED, now=now)
        events.session_reopened.send(gathering, actor=actor, change=change, now=now)
    return gathering
