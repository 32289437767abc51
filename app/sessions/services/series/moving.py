"""Moving several sessions in one act: by so many days, to another hour, to another place whose clock counts (R-10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.languages import one_line
from app.core.permissions import require
from app.moments.local import local_day
from app.moments.models import MomentChange, Precision
from app.moments.repeating import at_hours, on_clocks_of, shifted, with_zone
from app.moments.services import ChangedMeanwhile
from app.moments.timing import Timing, resolve
from app.sessions import telling
from app.sessions.hosts import host_of
from app.sessions.models import Gathering
from app.sessions.queries.series import series_of
from app.sessions.services.contents import SERIES_CHANGED_MEANWHILE
from app.sessions.services.scheduling.moving import SameTime, check_reason, shift_session
from app.sessions.services.series.scope import Scope, of_series, sessions_in


def moved_alike(session: Gathering, timing: Timing, others: Sequence[Gathering]) -> dict[UUID, Timing]:
    """Return the times of a series when one of its sessions gets `timing`: all go by as many days; where its hours or
    its place change, all get the new ones; where they stay, each keeps its own."""
    was = Timing.of(session.moment)
    wall = timing.wall_start or timing.wall_end
    assert wall is not None  # noqa: S101 - a timing has one end at least
    days = (wall.date() - local_day(session.moment)).days
    hours_change = _hours(was) != _hours(timing)
    return {
        other.id: timing if other is session else _moved(other, timing, days=days, hours_change=hours_change)
        for other in others
    }


def _hours(timing: Timing) -> tuple[object, ...]:
    walls = [wall and wall.time() for wall in (timing.wall_start, timing.wall_end)]
    return (timing.precision, timing.zone, *walls)


def _moved(other: Gathering, timing: Timing, *, days: int, hours_change: bool) -> Timing:
    there = shifted(Timing.of(other.moment), days=days)
    if not hours_change:
        return there
    start, end, zone = timing.wall_start, timing.wall_end, timing.zone
    if timing.precision is Precision.MINUTE and start is not None and end is not None and zone is not None:
        return at_hours(there, start.time(), end.time(), zone)
    day = there.wall_start or there.wall_end
    assert day is not None  # noqa: S101 - a timing has one end at least
    return Timing.days(day.date(), zone=zone)


def elsewhere(sessions: Sequence[Gathering], zone: str, *, keeps_instants: bool) -> dict[UUID, Timing]:
    """Return the times of sessions on the clocks of another place: the instants that were announced, or the hours that
    stood on the wall. Raises `UnknownZone`."""
    times = {}
    for session in sessions:
        moment, timing = session.moment, Timing.of(session.moment)
        times[session.id] = (
            on_clocks_of(timing, moment.starts_at, moment.until, zone) if keeps_instants else with_zone(timing, zone)
        )
    return times


def move_series(
    actor: Actor,
    session: Gathering,
    *,
    scope: Scope,
    timings: Mapping[UUID, Timing],
    reason: str = "",
    now: datetime,
) -> list[MomentChange]:
    """Give sessions of a series their new times, each with a change of its own, and tell people once of all of them
    (R-10). Sessions without a new time in `timings` stay. Nobody is told where every instant stays what it was.

    Raises `ReasonMissing`, `SameTime`, `ChangedMeanwhile` (a session is not, or no longer, among those that can
    change), `NotNow`, `WasHeld`, `BadAgenda` and the errors of `moments.timing`.
    """
    require(actor, "sessions.lead_session", session)
    reached = {other.id: other for other in sessions_in(session, scope, now)}
    if not timings.keys() <= reached.keys():
        raise ChangedMeanwhile(SERIES_CHANGED_MEANWHILE)
    is_told = any(_other_instants(reached[session_id], timing) for session_id, timing in timings.items())
    reason = check_reason(reason) if is_told else one_line(reason)[:500]
    shifts = [(reached[session_id], timing) for session_id, timing in timings.items()]
    found = [(other, shift_session(actor, other, timing=timing, reason=reason, now=now)) for other, timing in shifts]
    changes = [(other, change) for other, change in found if change is not None]
    if not changes:
        raise SameTime(_l("This is the time the sessions already have. Choose another one."), field="day")
    _record(actor, session, scope, len(changes), now)
    if is_told and len(changes) == 1:
        telling.sessions.tell_changed(actor, changes[0][0], changes[0][1], telling.sessions.MOVED, now=now)
    elif is_told:
        telling.series.tell_changed(
            actor, of_series(other for other, _change in changes), telling.series.MOVED, now=now
        )
    return [change for _other, change in changes]


def _other_instants(session: Gathering, timing: Timing) -> bool:
    return resolve(timing) != (session.moment.starts_at, session.moment.until)


def _record(actor: Actor, session: Gathering, scope: Scope, number: int, now: datetime) -> None:
    if scope is not Scope.ONE:
        facts = {"series": str(series_of(session)), "sessions": number, "scope": scope.value}
        audit.record(actor, "sessions.series.moved", *host_of(session).part_of(session), facts, now=now)
