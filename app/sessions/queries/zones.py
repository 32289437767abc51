"""On whose clocks a track or a gathering is followed: the zones of its team, and those that several participants
share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from app.extensions import db
from app.moments.models import Moment
from app.people.models import Person
from app.sessions.hosts import host_of
from app.sessions.models import Gathering, LearningSession, RamadanPlace, Track, TrackFacilitator, TrackMembership
from app.sessions.queries.expected import people_of

SHARED_BY = 3
"""A zone held by fewer participants than this could tell where one of them lives."""

MOST_ZONES = 8


@dataclass(frozen=True, slots=True)
class Clocks:
    """The zones from which something is followed, and those where Ramadan is kept."""

    zones: Sequence[str]
    ramadan: Collection[str]


def zones_shared(team: sa.Select[UUID], people: sa.Select[UUID]) -> list[str]:
    """Return the zones of a team, then those shared by at least three of these people, the most common first; at most
    eight. Both are selects of persons' ids."""
    of_team = db.session.scalars(
        sa.select(Person.zone).where(Person.id.in_(team), Person.zone != "").order_by(Person.zone)
    )
    shared = db.session.scalars(
        sa.select(Person.zone)
        .where(Person.id.in_(people), Person.zone != "")
        .group_by(Person.zone)
        .having(sa.func.count() >= SHARED_BY)
        .order_by(sa.func.count().desc(), Person.zone)
        .limit(MOST_ZONES)
    )
    return list(dict.fromkeys([*of_team, *shared]))[:MOST_ZONES]


def team_of_track(track_id: UUID) -> sa.Select[UUID]:
    """Those who lead a track now, as a select of their ids."""
    return sa.select(TrackFacilitator.person_id).where(
        TrackFacilitator.track_id == track_id, TrackFacilitator.ended_at.is_(None)
    )


def people_of_track(track_id: UUID) -> sa.Select[UUID]:
    """Those who take part in a track now, as a select of their ids."""
    return sa.select(TrackMembership.person_id).where(
        TrackMembership.track_id == track_id, TrackMembership.left_at.is_(None)
    )


def list_zones(track: Track) -> list[str]:
    """Return the zones of the track's facilitators, then those that its participants share."""
    return zones_shared(team_of_track(track.id), people_of_track(track.id))


def list_ramadan_zones(track: Track) -> set[str]:
    """Return the places where the people of the track keep Ramadan, as its facilitators said."""
    return set(db.session.scalars(sa.select(RamadanPlace.zone).where(RamadanPlace.track_id == track.id)))


def clocks_of_track(track: Track) -> Clocks:
    return Clocks(list_zones(track), list_ramadan_zones(track))


def clocks_of(gathering: Gathering) -> Clocks:
    """Return on whose clocks a gathering of any kind is followed."""
    host = host_of(gathering)
    return Clocks(zones_shared(host.team(gathering), people_of(gathering)), host.ramadan(gathering))


def count_by_zone(gathering: Gathering) -> dict[str, int]:
    """Return how many of those who take part live by each zone; who said none is counted under ""."""
    rows = db.session.execute(
        sa.select(Person.zone, sa.func.count()).where(Person.id.in_(people_of(gathering))).group_by(Person.zone)
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
