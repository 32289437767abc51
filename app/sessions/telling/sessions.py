"""Who is told of one session: planned, moved, cancelled, planned again.

A session of a draft is told to nobody, nor what is over; who did it knows already.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import notices
from app.core.actors import Actor
from app.extensions import db
from app.moments.models import Moment, MomentChange, Status
from app.sessions import keys, policy
from app.sessions.models import LearningSession

PLANNED = "sessions.session_planned"
MOVED = "sessions.session_moved"
CANCELLED = "sessions.session_cancelled"
REOPENED = "sessions.session_reopened"
KINDS = (PLANNED, MOVED, CANCELLED, REOPENED)


def _tell(actor: Actor, session: LearningSession, kind: str, fact: UUID, *, now: datetime) -> None:
    if session.moment.until < now:
        return
    audience = keys.track_key(session.track_id)
    notices.tell_many(
        sorted(keys.holders_of_track(audience, now) - {actor.person_id}, key=str),
        kind,
        str(fact),
        {"session": str(session.id), "fact": str(fact)},
        now=now,
        audience=audience,
        expires_at=session.moment.until,
    )


def tell_planned(actor: Actor, session: LearningSession, *, now: datetime) -> None:
    """Tell the participants and facilitators of a published track that it has a new session."""
    if session.track.published_at is not None:
        _tell(actor, session, PLANNED, session.id, now=now)


def tell_changed(actor: Actor, session: LearningSession, change: MomentChange, kind: str, *, now: datetime) -> None:
    """Tell them of one change of its time or state; what is told is the fact of this very change."""
    _tell(actor, session, kind, change.id, now=now)


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: the session is not over, the person still takes part, and the
    fact still holds (of two moves in a row only the last one is told)."""
    parameters = notice.parameters
    session = db.session.get(LearningSession, UUID(parameters["session"]))
    if session is None or policy.is_over(session, now):
        return False
    key = keys.track_key(session.track_id)
    if key not in keys.keys_of([notice.person_id], now).get(notice.person_id, ()):
        return False
    return _still_holds(notice.kind, session.moment, UUID(parameters["fact"]))


def _still_holds(kind: str, moment: Moment, fact: UUID) -> bool:
    if kind == CANCELLED:
        return moment.status is Status.CANCELLED
    if moment.status is Status.CANCELLED:
        return False
    return kind != MOVED or _is_last_move(moment, fact)


def _is_last_move(moment: Moment, change_id: UUID) -> bool:
    changes = db.session.scalars(
        sa.select(MomentChange).where(MomentChange.moment_id == moment.id).order_by(MomentChange.sequence.desc())
    )
    moves = (change.id for change in changes if is_move(change))
    return next(moves, None) == change_id


def is_move(change: MomentChange) -> bool:
    """Whether a change gave another time, not only another state."""
    return any(change.old.get(part) != change.new.get(part) for part in ("precision", "wall_start", "wall_end", "zone"))
