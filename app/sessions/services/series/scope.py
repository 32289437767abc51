"""How far a change of one session of a series goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from app.sessions import queries
from app.sessions.models import Gathering, LearningSession


class Scope(StrEnum):
    ONE = "one"
    FOLLOWING = "following"
    ALL = "all"


def of_series(gatherings: Iterable[Gathering]) -> list[LearningSession]:
    """Return the sessions among gatherings that one act reached: several are always those of a series."""
    return [row for row in gatherings if isinstance(row, LearningSession)]


def sessions_in(session: Gathering, scope: Scope, now: datetime) -> Sequence[Gathering]:
    """Return the sessions that a change of this one reaches, itself included, in the order of their time."""
    if scope is Scope.ONE:
        return [session]
    reach = queries.reach_of(session, now)
    return reach.following if scope is Scope.FOLLOWING else reach.all
