"""How far a change of one session of a series goes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from app.sessions import queries
from app.sessions.models import LearningSession


class Scope(StrEnum):
    ONE = "one"
    FOLLOWING = "following"
    ALL = "all"


def sessions_in(session: LearningSession, scope: Scope, now: datetime) -> list[LearningSession]:
    """Return the sessions that a change of this one reaches, itself included, in the order of their time."""
    if scope is Scope.ONE:
        return [session]
    reach = queries.reach_of(session, now)
    return reach.following if scope is Scope.FOLLOWING else reach.all
