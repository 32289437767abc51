"""The time and the state of a session: confirmed, moved, cancelled, reopened (R-10)."""

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
from app.moments.models import Certainty, MomentChange, Precision, Status
from app.moments.timing import Timing
from app.sessions import events, policy, telling
from app.sessions.models import Attendance, LearningSession
from app.sessions.services.contents import CHANGED_MEANWHILE, time_digest_of
from app.sessions.services.scheduling.parts import check_fits, minutes_between
from app.sessions.services.scheduling.planning import NotNow


class NoHourYet(RuleBroken):
    """What has no hour cannot be certain."""


class ReasonMissing(RuleBroken):
    """People who are told of a change are told why."""


class SameTime(RuleBroken):
    """A move to where the session already is."""


class WasHeld(RuleBroken):
    """People attended it: it has been."""


def confirm_session(actor: Actor, session: LearningSession, *, now: datetime) -> LearningSession:
    """Say that a session is certain. It needs an hour, and must not be cancelled. Raises `NoHourYet`, `NotNow`."""
    require(actor, "sessions.lead_session", session)
    moment = session.moment
    if moment.precision is not Precision.MINUTE:
        raise NoHourYet(_l("This session has no hour yet. Choose its hour first, then confirm it."))
    if moment.status in policy.NOT_TAKING_PLACE:
        raise NotNow(_l("This session is called off. Reopen it first, then confirm it."))
    if moment.status is Status.HELD:
        return session
    change = moments.change_moment(actor, moment, status=Status.CONFIRMED, certainty=Certainty.VERIFIED, now=now)
    if change is not None:
        audit.record(actor, "sessions.session.confirmed", "session", session.id, now=now)
        events.session_confirmed.send(session, actor=actor, now=now)
    return session


def _check_not_attended(session: LearningSession) -> None:
    attended = sa.select(sa.func.count()).where(Attendance.session_id == session.id, Attendance.unmarked_at.is_(None))
    if db.session.scalar(attended):
        raise WasHeld(
            _l("People are marked as present: this session has been held. Plan a new one, or undo the marks first.")
        )


def check_reason(reason: str) -> str:
    """Return the reason of a change on one line; raises `ReasonMissing`."""
    reason = one_line(reason)
    if not reason:
        raise ReasonMissing(_l("Write why: everybody who joined is told."), field="reason")
    return reason[:500]


def shift_session(
    actor: Actor, session: LearningSession, *, timing: Timing, reason: str, now: datetime
) -> MomentChange | None:
    """Give one session another time, keep the old one in its history, and tell nobody yet; None where nothing differs.
    Whoever calls it has asked who may, and tells people of the one change they made. Raises `NotNow`, `WasHeld`,
    `BadAgenda` and the errors of `moments.timing`."""
    moment = session.moment
    if moment.status is Status.CANCELLED:
        raise NotNow(_l("This session is cancelled. Reopen it first, then choose its time."))
    _check_not_attended(session)
    check_fits(session, minutes_between(timing))
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
        audit.record(actor, "sessions.session.moved", "session", session.id, {"change": str(change.id)}, now=now)
        events.session_moved.send(session, actor=actor, change=change, now=now)
    return change


def reason_of_move(session: LearningSession, reason: str) -> str:
    """Return why a session moves, on one line: an expected one that gets its hour needs no reason."""
    had_hour = session.moment.precision is Precision.MINUTE
    return check_reason(reason) if had_hour else one_line(reason)[:500]


def move_session(
    actor: Actor, session: LearningSession, *, timing: Timing, reason: str = "", filled_from: str = "", now: datetime
) -> MomentChange:
    """Give a session another time, keep the old one in its history, and tell its members (R-10).

    An expected session that gets its hour needs no reason; any other move does. `filled_from` is the `time_digest_of`
    the session that the writer was looking at. Raises `ReasonMissing`, `SameTime`, `ChangedMeanwhile`, `NotNow`,
    `WasHeld`, `BadAgenda` (a line would lie after the end) and the errors of `moments.timing`.
    """
    require(actor, "sessions.lead_session", session)
    if filled_from and filled_from != time_digest_of(session):
        raise moments.ChangedMeanwhile(CHANGED_MEANWHILE)
    reason = reason_of_move(session, reason)
    change = shift_session(actor, session, timing=timing, reason=reason, now=now)
    if change is None:
        raise SameTime(_l("This is the time the session already has. Choose another one."), field="day")
    telling.sessions.tell_changed(actor, session, change, telling.sessions.MOVED, now=now)
    return change


def call_off(actor: Actor, session: LearningSession, *, reason: str, now: datetime) -> MomentChange | None:
    """Cancel one session and tell nobody yet: see `shift_session`. Raises `WasHeld`."""
    _check_not_attended(session)
    change = moments.change_moment(actor, session.moment, status=Status.CANCELLED, reason=reason, now=now)
    if change is not None:
        audit.record(actor, "sessions.session.cancelled", "session", session.id, {"change": str(change.id)}, now=now)
        events.session_cancelled.send(session, actor=actor, change=change, now=now)
    return change


def cancel_session(actor: Actor, session: LearningSession, *, reason: str, now: datetime) -> LearningSession:
    """Call a session off, say why, and tell its members (R-10). Cancelling twice changes nothing.

    Raises `ReasonMissing`, `WasHeld`.
    """
    require(actor, "sessions.lead_session", session)
    if session.moment.status is Status.CANCELLED:
        return session
    change = call_off(actor, session, reason=check_reason(reason), now=now)
    if change is not None:
        telling.sessions.tell_changed(actor, session, change, telling.sessions.CANCELLED, now=now)
    return session


def reopen_session(actor: Actor, session: LearningSession, *, now: datetime) -> LearningSession:
    """Plan a cancelled or postponed session again, at the time it had, and tell its members (R-10)."""
    require(actor, "sessions.lead_session", session)
    if session.moment.status not in policy.NOT_TAKING_PLACE:
        return session
    change = moments.change_moment(actor, session.moment, status=Status.PLANNED, now=now)
    if change is not None:
        audit.record(actor, "sessions.session.reopened", "session", session.id, {"change": str(change.id)}, now=now)
        telling.sessions.tell_changed(actor, session, change, telling.sessions.REOPENED, now=now)
        events.session_reopened.send(session, actor=actor, change=change, now=now)
    return session
