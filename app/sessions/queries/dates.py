"""Which moments are of a track, of a region, in a language: clauses for lists that know moments alone.

Whether somebody sees a moment is its audience; none of these says so.
"""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from app.extensions import db
from app.moments.models import Moment
from app.sessions.models import (
    Gathering,
    Intake,
    LearningSession,
    PhaseRegion,
    SessionLanguage,
    Track,
    TrackFacilitator,
    TrackMembership,
)

GATHERINGS, SESSIONS = Gathering.__table__.c, LearningSession.__table__.c
"""The tables themselves: their classes would bring the tables of every kind of gathering along."""


def _of_sessions(of: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    there = sa.select(GATHERINGS.moment_id).where(GATHERINGS.id == SESSIONS.id, of)
    return Moment.id.in_(there)


def is_of_track(track_id: UUID) -> sa.ColumnElement[bool]:
    """Sessions of a track, and the time in which one applies for it."""
    intake = sa.select(Intake.moment_id).where(Intake.track_id == track_id, Intake.moment_id.is_not(None))
    return sa.or_(_of_sessions(SESSIONS.track_id == track_id), Moment.id.in_(intake))


def is_of_tracks_of(person_id: UUID) -> sa.ColumnElement[bool]:
    """Sessions of the tracks that a person takes part in or leads."""
    joined = sa.select(TrackMembership.track_id).where(
        TrackMembership.person_id == person_id, TrackMembership.left_at.is_(None)
    )
    led = sa.select(TrackFacilitator.track_id).where(
        TrackFacilitator.person_id == person_id, TrackFacilitator.ended_at.is_(None)
    )
    return _of_sessions(SESSIONS.track_id.in_(joined.union(led)))


def is_of_region(region_id: UUID) -> sa.ColumnElement[bool]:
    """Sessions of tracks whose phase covers a region."""
    tracks = (
        sa.select(Track.id)
        .join(PhaseRegion, PhaseRegion.phase_id == Track.phase_id)
        .where(PhaseRegion.region_id == region_id)
    )
    return _of_sessions(SESSIONS.track_id.in_(tracks))


def spoken_languages() -> list[str]:
    """Return every language that is spoken somewhere, or interpreted into."""
    return list(db.session.scalars(sa.select(SessionLanguage.language).distinct().order_by(SessionLanguage.language)))


def is_in_language(language: str) -> sa.ColumnElement[bool]:
    """Gatherings of any kind in which a language is spoken, or interpreted into."""
    there = sa.select(GATHERINGS.moment_id).where(
        GATHERINGS.id == SessionLanguage.gathering_id, SessionLanguage.language == language
    )
    return Moment.id.in_(there)
