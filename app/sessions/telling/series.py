"""One notice for a whole series: planned, moved, called off. See `telling.sessions` for what is told of one session,
and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from app.core import notices
from app.core.actors import Actor
from app.core.types import Facts
from app.moments import queries as moments
from app.moments.models import MomentChange, Status
from app.people.helping import still_helps, told_for, with_helpers
from app.sessions import keys, policy, queries
from app.sessions.models import LearningSession, Track
from app.sessions.telling import first
from app.sessions.telling.before import SERIES_MOVED, known_before, last_told, says_something, series_fact
from app.sessions.telling.sessions import soonest

PLANNED = first.SERIES_PLANNED
MOVED = SERIES_MOVED
CANCELLED = "sessions.series_cancelled"
KINDS = (PLANNED, MOVED, CANCELLED)


class Told(NamedTuple):
    """One session that a notice is about; `before` is its time as the person knows it, None of a new one."""

    session: LearningSession
    reason: str
    before: Facts | None


def tell_planned(actor: Actor, track: Track, sessions: Sequence[LearningSession], *, now: datetime) -> None:
    """Tell the participants and facilitators of a published track that it has a new series."""
    if track.published_at is not None:
        _tell(actor, sessions, PLANNED, {}, now=now)


def tell_changed(actor: Actor, sessions: Sequence[LearningSession], kind: str, *, now: datetime) -> None:
    """Tell them of the changes that these sessions of one series got at this instant."""
    _tell(actor, sessions, kind, {"at": now.isoformat()}, now=now)


def _tell(
    actor: Actor, sessions: Sequence[LearningSession], kind: str, parameters: dict[str, str], *, now: datetime
) -> None:
    coming = [session for session in sessions if not policy.is_over(session, now)]
    ahead = [session.moment for session in coming]
    changed = moments.list_changes_of([moment.id for moment in ahead])
    now_changed = {moment.id: next((row for row in changed[moment.id] if row.at == now), None) for moment in ahead}
    if not ahead:
        return
    track_id, series_id, audience = sessions[0].track_id, sessions[0].series_id, keys.track_key(sessions[0].track_id)
    concerned, fact = keys.holders_of_track(audience, now), series_fact(series_id, now)
    said: Facts = parameters | {"track": str(track_id), "series": str(series_id)}
    tellings = with_helpers(concerned, fact, said, but=actor.person_id)
    if kind == MOVED:
        tellings = first.but_who_hears_first(tellings, coming, now)
    for told, key, each in tellings:
        notices.tell_many(
            told,
            kind,
            key,
            each,
            now=now,
            audience=audience,
            expires_at=max(moment.until for moment in ahead),
            happens_at=min(soonest(moment, now_changed[moment.id], now) for moment in ahead),
        )


def told_of(kind: str, parameters: dict[str, Any], now: datetime | None = None) -> list[Told]:
    """Return the sessions a notice is about for which it still holds: not over (at `now`), not moved again, not
    cancelled (or not reopened) since; and whose time is another than the one its person knows."""
    sessions = queries.list_series([UUID(parameters["series"])])
    sessions = [session for session in sessions if now is None or not policy.is_over(session, now)]
    if kind == PLANNED:
        return [Told(session, "", None) for session in sessions if policy.takes_place(session)]
    changes = moments.list_changes_of([session.moment_id for session in sessions])
    at = datetime.fromisoformat(parameters["at"])
    found = []
    for session in sessions:
        change = _change_at(changes[session.moment_id], at, kind)
        if change is not None and (session.moment.status is Status.CANCELLED) == (kind == CANCELLED):
            found.append((session, change))
    known = known_before(found, parameters)
    return [
        Told(session, known[session.id].reason, known[session.id].time)
        for session, change in found
        if kind == CANCELLED or says_something(known[session.id].time, change.new)
    ]


def _change_at(changes: Sequence[MomentChange], at: datetime, kind: str) -> MomentChange | None:
    """Return the change of that instant; of two moves in a row only the last one is told. Latest change first."""
    if kind == CANCELLED:
        return next((change for change in changes if change.at == at), None)
    last = last_told(changes)
    return last if last is not None and last.at == at else None


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: the person still takes part, whoever helps them still does, and
    the fact holds for a session."""
    key, person_id = keys.track_key(UUID(notice.parameters["track"])), told_for(notice.parameters)
    if key not in keys.keys_of([person_id], now).get(person_id, ()) or not still_helps(notice.parameters):
        return False
    return bool(told_of(notice.kind, notice.parameters, now))
