"""Who is told of one gathering: planned, moved, confirmed, cancelled, planned again.

Who has no e-mail hears it through who helps them. A session of a draft, and whatever else its host has not announced,
is told to nobody, nor what is over; who did it knows already.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from app.core import notices, registries
from app.core.actors import Actor
from app.core.types import Facts
from app.extensions import db
from app.moments.models import Moment, MomentChange, Status
from app.moments.queries import list_changes
from app.people.helping import still_helps, told_for, with_helpers
from app.sessions import policy
from app.sessions.hosts import host_of, members_key
from app.sessions.models import Gathering
from app.sessions.queries.series import series_of
from app.sessions.telling import before, first

PLANNED = first.PLANNED
MOVED = before.MOVED
CONFIRMED = before.CONFIRMED
CANCELLED = "sessions.session_cancelled"
REOPENED = "sessions.session_reopened"
KINDS = (PLANNED, MOVED, CONFIRMED, CANCELLED, REOPENED)


def _tell(
    actor: Actor, gathering: Gathering, kind: str, fact: UUID, *, now: datetime, change: MomentChange | None = None
) -> None:
    ends_at = last_end(gathering.moment, change if kind == MOVED else None)
    if ends_at < now:
        return
    audience = members_key(gathering)
    concerned = registries.audience_holders(audience, now)
    said: Facts = {"session": str(gathering.id), "fact": str(fact)}
    tellings = with_helpers(concerned, str(fact), said, but=actor.person_id)
    if kind == MOVED or (kind == CONFIRMED and series_of(gathering) is None):
        tellings = first.but_who_hears_first(tellings, [gathering], now)
    for told, key, parameters in tellings:
        notices.tell_many(
            told,
            kind,
            key,
            parameters,
            now=now,
            audience=audience,
            expires_at=ends_at,
            happens_at=soonest(gathering.moment, change, now),
        )


def last_end(moment: Moment, change: MomentChange | None) -> datetime:
    """Return until when a change is worth telling: the end, or the one before it moved, where that is later (who does
    not hear that it moved to an hour that is over comes to the old one)."""
    ends = [moment.until, datetime.fromisoformat(change.old["until"]) if change is not None else moment.until]
    return max(ends)


def soonest(moment: Moment, change: MomentChange | None, now: datetime) -> datetime:
    """Return by when somebody must know: the start, or the one before it was changed, where that is sooner and still
    to come (who does not hear of a move comes to the old hour)."""
    old = change.old.get("starts_at") if change is not None else None
    was = datetime.fromisoformat(str(old)) if old else moment.starts_at
    return min((at for at in (moment.starts_at, was) if at >= now), default=moment.starts_at)


def tell_planned(actor: Actor, gathering: Gathering, *, now: datetime) -> None:
    """Tell those who take part that there is a new one: of a published track, a new session."""
    if host_of(gathering).is_announced(gathering):
        _tell(actor, gathering, PLANNED, gathering.id, now=now)


def tell_changed(actor: Actor, gathering: Gathering, change: MomentChange, kind: str, *, now: datetime) -> None:
    """Tell them of one change of its time or state; what is told is the fact of this very change."""
    _tell(actor, gathering, kind, change.id, now=now, change=change)


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: the gathering is not over, nor was it to be when it moved; the
    person still takes part, and the fact still holds and is new to them (of two moves in a row only the last one is
    told)."""
    parameters = notice.parameters
    gathering = db.session.get(Gathering, UUID(parameters["session"]))
    if gathering is None or (policy.is_over(gathering, now) and notice.kind != MOVED):
        return False
    if not still_concerns(notice, gathering, now):
        return False
    if notice.kind in (MOVED, CONFIRMED):
        return _is_news(notice, gathering, now)
    return bool((notice.kind == CANCELLED) == (gathering.moment.status is Status.CANCELLED))


def still_concerns(notice: Any, gathering: Gathering, now: datetime) -> bool:
    """Whether the person whom a notice is about is still among those who take part, and its reader still helps them
    where that is another."""
    actor = registries.actor_at(told_for(notice.parameters), now)
    return actor.holds(members_key(gathering)) and still_helps(notice.parameters)


def _is_news(notice: Any, gathering: Gathering, now: datetime) -> bool:
    """Whether this is the last that is told of the time, other than what the person was told before it, and one of both
    is to come."""
    status = gathering.moment.status
    if status is Status.CANCELLED or (notice.kind == CONFIRMED and status in (Status.PLANNED, Status.POSTPONED)):
        return False
    changes = list_changes(gathering.moment)
    change = before.last_told(changes)
    if change is None or change.id != UUID(notice.parameters["fact"]):
        return False
    known = before.known_before([(gathering, change)], notice.parameters)[gathering.id]
    is_ahead = not policy.is_over(gathering, now) or datetime.fromisoformat(known.time["until"]) >= now
    return is_ahead and before.says_something(known.time, change.new)
