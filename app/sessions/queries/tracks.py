"""Tracks: those an actor sees, takes part in, or leads, and one line about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.errors import NotFound
from app.extensions import db
from app.moments.models import NOT_TAKING_PLACE
from app.sessions import policy
from app.sessions.models import LearningSession, Phase, Track, TrackFacilitator, TrackMembership
from app.sessions.queries.sessions import list_sessions_of_tracks


@dataclass(frozen=True, slots=True)
class TrackSummary:
    """How far a track has come: sessions in all (cancelled ones apart), held, the next and the first one."""

    total: int
    held: int
    next_session: LearningSession | None
    first_session: LearningSession | None
    last_session: LearningSession | None
    last_year: int

    @property
    def is_over(self) -> bool:
        return self.total > 0 and self.held == self.total


def _ordered(statement: sa.Select[Track]) -> list[Track]:
    ordering = (Phase.year_from.desc(), Phase.year_to.desc(), Phase.slug, Track.position, Track.slug)
    return list(db.session.scalars(statement.join(Phase, Phase.id == Track.phase_id).order_by(*ordering)))


def get_visible_track(actor: Actor, slug: str) -> Track:
    """Return a track the actor sees; raises `NotFound` for one that is unknown or still a draft to the actor."""
    track = db.session.scalar(sa.select(Track).where(Track.slug == slug, visible_to(actor, Track.audience)))
    if track is None:
        raise NotFound
    return track


def list_visible_tracks(actor: Actor, *, phase_id: UUID | None = None) -> list[Track]:
    """Return the tracks the actor sees, newest phase first, in the order of each phase."""
    statement = sa.select(Track).where(visible_to(actor, Track.audience))
    if phase_id is not None:
        statement = statement.where(Track.phase_id == phase_id)
    return _ordered(statement)


def list_my_tracks(actor: Actor) -> list[Track]:
    """Return the tracks the person takes part in."""
    if actor.person_id is None:
        return []
    mine = sa.select(TrackMembership.track_id).where(
        TrackMembership.person_id == actor.person_id, TrackMembership.left_at.is_(None)
    )
    return _ordered(sa.select(Track).where(Track.id.in_(mine)))


def list_my_facilitated(actor: Actor) -> list[Track]:
    """Return the tracks the person leads."""
    if actor.person_id is None:
        return []
    mine = sa.select(TrackFacilitator.track_id).where(
        TrackFacilitator.person_id == actor.person_id, TrackFacilitator.ended_at.is_(None)
    )
    return _ordered(sa.select(Track).where(Track.id.in_(mine)))


def summaries(actor: Actor, tracks: Sequence[Track], *, now: datetime) -> dict[UUID, TrackSummary]:
    """Return how far each track has come, in one query for all of them."""
    by_track = list_sessions_of_tracks(actor, [track.id for track in tracks])
    return {track.id: _summary(track, by_track.get(track.id, []), now) for track in tracks}


def _summary(track: Track, sessions: list[LearningSession], now: datetime) -> TrackSummary:
    taking_place = [session for session in sessions if session.moment.status not in NOT_TAKING_PLACE]
    coming = [session for session in taking_place if not policy.is_over(session, now)]
    return TrackSummary(
        total=len(taking_place),
        held=len(taking_place) - len(coming),
        next_session=coming[0] if coming else None,
        first_session=taking_place[0] if taking_place else None,
        last_session=taking_place[-1] if taking_place else None,
        last_year=track.phase.year_to,
    )
