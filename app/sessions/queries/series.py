"""A series is rows that share an id: which of them a change of one would reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.names import NameRow
from app.extensions import db
from app.moments.models import Moment
from app.sessions import policy
from app.sessions.models import Gathering, LearningSession, Track
from app.sessions.queries.attendance import count_attendance


@dataclass(frozen=True, slots=True)
class Reach:
    """The sessions of a series that can still change, in the order of their time, and how many cannot: held, begun,
    cancelled. `all` is the one session alone where it belongs to no series, or cannot change itself."""

    session: Gathering
    all: Sequence[Gathering]
    left_alone: int = 0

    @property
    def following(self) -> list[Gathering]:
        """This session and those after it."""
        start = self.session.moment.starts_at
        return [other for other in self.all if other is self.session or other.moment.starts_at > start]

    @property
    def is_several(self) -> bool:
        return len(self.all) > 1


def series_of(gathering: Gathering) -> UUID | None:
    """Return the series of a gathering: only sessions of tracks come in any."""
    return gathering.series_id if isinstance(gathering, LearningSession) else None


def list_series(series_ids: Iterable[UUID]) -> list[LearningSession]:
    """Return the sessions of these series in the order of their time. Seen by whoever sees one of them: a series lies
    in one track, and all sessions of a track have its audience."""
    statement = (
        sa.select(LearningSession)
        .join(Moment, Moment.id == LearningSession.moment_id)
        .where(LearningSession.series_id.in_(list(series_ids)))
        .order_by(Moment.starts_at, LearningSession.number)
    )
    return list(db.session.scalars(statement))


def reach_of(session: Gathering, now: datetime) -> Reach:
    """Return which sessions a change of this one could reach: never what is held, has begun or is called off. None
    but itself where it is in no series."""
    series_id = series_of(session)
    if series_id is None:
        return Reach(session, [session])
    series = list_series([series_id])
    attended = count_attendance(other.id for other in series)
    can_change = [
        other for other in series if policy.can_still_change(other, now) and not attended.get(other.id, (0, 0))[0]
    ]
    if session not in can_change:
        return Reach(session, [session])
    return Reach(session, can_change, len(series) - len(can_change))


def names_in_track(track: Track) -> list[str]:
    """Return what the sessions of a track are called, in all languages."""
    sessions = sa.select(LearningSession.id).where(LearningSession.track_id == track.id)
    wanted = sa.select(NameRow.text).where(NameRow.object_kind == "session", NameRow.object_id.in_(sessions))
    return list(db.session.scalars(wanted))
