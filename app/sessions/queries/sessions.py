"""Gatherings, and learning sessions among them: each is seen by whoever sees its moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, lazyload

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.errors import NotFound
from app.extensions import db
from app.moments.models import NOT_TAKING_PLACE, Moment
from app.sessions.hosts import host_of
from app.sessions.models import Gathering, LearningSession, SessionLanguage, Track, TrackFacilitator, TrackMembership

G = TypeVar("G", bound=Gathering)


def _visible_of(actor: Actor, model: type[G]) -> sa.Select[G]:
    return (
        sa.select(model)
        .join(Moment, Moment.id == model.moment_id)
        .options(contains_eager(model.moment))
        .where(visible_to(actor, Moment.audience))
    )


def _visible(actor: Actor) -> sa.Select[LearningSession]:
    return _visible_of(actor, LearningSession)


def get_visible_gathering(actor: Actor, gathering_id: UUID) -> Gathering:
    """Return a gathering of any kind that the actor sees; raises `NotFound`."""
    gathering = db.session.scalar(_visible_of(actor, Gathering).where(Gathering.id == gathering_id))
    if gathering is None:
        raise NotFound
    return gathering


def get_visible_session(actor: Actor, session_id: UUID) -> LearningSession:
    """Return a session of a track that the actor sees; raises `NotFound`, also for a gathering of another kind."""
    session = db.session.scalar(_visible(actor).where(LearningSession.id == session_id))
    if session is None:
        raise NotFound
    return session


def list_siblings(actor: Actor, gathering: Gathering) -> list[Gathering]:
    """Return all gatherings of the same owner in the order of their time, this one among them, with their times
    alone."""
    host = host_of(gathering)
    statement = _visible_of(actor, host.model).where(host.model.id.in_(host.siblings(gathering)))
    found = db.session.scalars(statement.options(lazyload("*")))
    return sorted(found, key=lambda row: (row.moment.starts_at, host.number(row)))


def is_session_of(actor: Actor, track: Track, session_id: UUID) -> bool:
    """Return whether this is a session of the track that the actor sees: what forms let people choose."""
    mine = _visible(actor).where(LearningSession.id == session_id, LearningSession.track_id == track.id)
    return db.session.scalar(mine) is not None


def list_sessions(actor: Actor, track: Track) -> list[LearningSession]:
    """Return the sessions of a track in the order of their time."""
    return list_sessions_of_tracks(actor, [track.id]).get(track.id, [])


def list_sessions_of_tracks(actor: Actor, track_ids: list[UUID]) -> dict[UUID, list[LearningSession]]:
    """Return the sessions of many tracks, each in the order of their time, without agenda and languages."""
    found: dict[UUID, list[LearningSession]] = defaultdict(list)
    statement = (
        _visible(actor)
        .where(LearningSession.track_id.in_(track_ids))
        .order_by(Moment.starts_at, LearningSession.number)
        .options(lazyload(LearningSession.agenda), lazyload(LearningSession.languages), lazyload(LearningSession.track))
    )
    for session in db.session.scalars(statement):
        found[session.track_id].append(session)
    return found


def list_next_sessions(actor: Actor, *, now: datetime, limit: int = 5, mine: bool = False) -> list[LearningSession]:
    """Return the sessions that are not over and take place, soonest first; `mine`: of the tracks the person takes part
    in or leads."""
    statement = _visible(actor).where(Moment.until >= now, Moment.status.not_in(NOT_TAKING_PLACE))
    if mine:
        statement = statement.where(LearningSession.track_id.in_(_tracks_of(actor)))
    return list(db.session.scalars(statement.order_by(Moment.starts_at, LearningSession.id).limit(limit)))


def sessions_with_languages(session_ids: Sequence[UUID]) -> set[UUID]:
    """Return those of many sessions of which somebody said in which languages they are held."""
    return set(
        db.session.scalars(
            sa.select(SessionLanguage.gathering_id).where(SessionLanguage.gathering_id.in_(session_ids)).distinct()
        )
    )


def _tracks_of(actor: Actor) -> sa.CompoundSelect[UUID]:
    return sa.union(
        sa.select(TrackMembership.track_id).where(
            TrackMembership.person_id == actor.person_id, TrackMembership.left_at.is_(None)
        ),
        sa.select(TrackFacilitator.track_id).where(
            TrackFacilitator.person_id == actor.person_id, TrackFacilitator.ended_at.is_(None)
        ),
    )
