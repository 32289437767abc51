"""On whose clocks a track is followed: the zones of its team, and those that several participants share."""

from __future__ import annotations

import sqlalchemy as sa

from app.extensions import db
from app.moments.models import Moment
from app.people.models import Person
from app.sessions.models import LearningSession, RamadanPlace, Track, TrackFacilitator, TrackMembership

SHARED_BY = 3
"""A zone held by fewer participants than this could tell where one of them lives."""

MOST_ZONES = 8


def list_zones(track: Track) -> list[str]:
    """Return the zones of the track's facilitators, then those shared by at least three participants, the most common
    first; at most eight."""
    team = db.session.scalars(
        sa.select(Person.zone)
        .join(TrackFacilitator, TrackFacilitator.person_id == Person.id)
        .where(TrackFacilitator.track_id == track.id, TrackFacilitator.ended_at.is_(None), Person.zone != "")
        .order_by(Person.zone)
    )
    shared = db.session.scalars(
        sa.select(Person.zone)
        .join(TrackMembership, TrackMembership.person_id == Person.id)
        .where(TrackMembership.track_id == track.id, TrackMembership.left_at.is_(None), Person.zone != "")
        .group_by(Person.zone)
        .having(sa.func.count() >= SHARED_BY)
        .order_by(sa.func.count().desc(), Person.zone)
        .limit(MOST_ZONES)
    )
    return list(dict.fromkeys([*team, *shared]))[:MOST_ZONES]


def list_ramadan_zones(track: Track) -> set[str]:
    """Return the places where the people of the track keep Ramadan, as its facilitators said."""
    return set(db.session.scalars(sa.select(RamadanPlace.zone).where(RamadanPlace.track_id == track.id)))


def count_by_zone(track: Track) -> dict[str, int]:
    """Return how many participants live by each zone; who said none is counted under ""."""
    rows = db.session.execute(
        sa.select(Person.zone, sa.func.count())
        .join(TrackMembership, TrackMembership.person_id == Person.id)
        .where(TrackMembership.track_id == track.id, TrackMembership.left_at.is_(None))
        .group_by(Person.zone)
    )
    return {zone: int(count) for zone, count in rows}


def list_places(track: Track) -> list[str]:
    """Return every place of a track: those it is followed from, those of its sessions, and those where Ramadan is
    kept; UTC is no place."""
    own = db.session.scalars(
        sa.select(Moment.zone)
        .join(LearningSession, LearningSession.moment_id == Moment.id)
        .where(LearningSession.track_id == track.id, Moment.zone.is_not(None), Moment.zone != "UTC")
        .distinct()
    )
    found = {zone for zone in own if zone} | list_ramadan_zones(track)
    return list(dict.fromkeys([*list_zones(track), *sorted(found)]))
