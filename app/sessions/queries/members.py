"""Who takes part in a track: counts by region and language, one person's place, and for whom a person may join."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.extensions import db
from app.people import queries as people
from app.people.models import Affiliation, Organisation, Person
from app.sessions.models import Gathering, Track, TrackMembership
from app.sessions.queries.expected import people_of


@dataclass(frozen=True, slots=True)
class Roster:
    """Participants of a track in numbers: persons, organisations, by region (None = unknown) and preferred language."""

    persons: int
    organisations: int
    by_region: dict[UUID | None, int]
    by_language: dict[str, int]


@dataclass(frozen=True, slots=True)
class JoinOption:
    """For which organisation a person may join; None for somebody who is affiliated alone."""

    organisation_id: UUID | None


def _open(*track_ids: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(TrackMembership.track_id.in_(track_ids), TrackMembership.left_at.is_(None))


def count_members(track_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many persons take part in each track."""
    wanted = list(track_ids)
    rows = db.session.execute(
        sa.select(TrackMembership.track_id, sa.func.count()).where(_open(*wanted)).group_by(TrackMembership.track_id)
    )
    return dict.fromkeys(wanted, 0) | {track_id: int(count) for track_id, count in rows}


def find_membership(track: Track, person_id: UUID | None) -> TrackMembership | None:
    """Return a person's open place in a track."""
    if person_id is None:
        return None
    return db.session.scalar(sa.select(TrackMembership).where(_open(track.id), TrackMembership.person_id == person_id))


def roster_of(track: Track) -> Roster:
    """Return the participants in numbers; three queries, however many there are."""
    persons, organisations = db.session.execute(
        sa.select(sa.func.count(), sa.func.count(TrackMembership.organisation_id.distinct())).where(_open(track.id))
    ).one()
    return Roster(persons, organisations, _by_region(track), count_languages(track))


def _by_region(track: Track) -> dict[UUID | None, int]:
    """Region of the organisation joined for, else the person's own."""
    region = sa.func.coalesce(Organisation.region_id, Person.region_id)
    statement = _grouped(region, track).outerjoin(Organisation, Organisation.id == TrackMembership.organisation_id)
    return {region_id: int(count) for region_id, count in db.session.execute(statement)}


def count_languages(track: Track) -> dict[str, int]:
    """Return how many participants prefer each language; who said none is missing."""
    statement = _grouped(Person.preferred_language, track).where(Person.preferred_language != "")
    return {language: int(count) for language, count in db.session.execute(statement)}


def _grouped(column: Any, track: Track) -> sa.Select[Any]:
    return (
        sa.select(column, sa.func.count())
        .select_from(TrackMembership)
        .join(Person, Person.id == TrackMembership.person_id)
        .where(_open(track.id))
        .group_by(column)
    )


def language_needs(track: Track) -> list[tuple[str, int]]:
    """Return the languages participants prefer, the most wanted first."""
    return sorted(count_languages(track).items(), key=lambda pair: (-pair[1], pair[0]))


def languages_wanted(gathering: Gathering) -> dict[str, int]:
    """Return how many of those who take part in what is gathering prefer each language, the most wanted first."""
    rows = db.session.execute(
        sa.select(Person.preferred_language, sa.func.count())
        .where(Person.id.in_(people_of(gathering)), Person.preferred_language != "")
        .group_by(Person.preferred_language)
    )
    return dict(sorted(((code, int(count)) for code, count in rows), key=lambda pair: (-pair[1], pair[0])))


def current_affiliations(actor: Actor, day: date) -> list[Affiliation]:
    """Return the person's confirmed affiliations on a day."""
    if actor.person_id is None:
        return []
    return people.affiliations_on([actor.person_id], day).get(actor.person_id, [])


def list_join_options(actor: Actor, track: Track, day: date) -> list[JoinOption]:
    """R-03: return for whom the person may join this track, each organisation once."""
    options = dict.fromkeys(
        JoinOption(affiliation.organisation_id)
        for affiliation in current_affiliations(actor, day)
        if affiliation.kind.value in track.eligible
    )
    return list(options)
