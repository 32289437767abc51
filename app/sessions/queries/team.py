"""Who leads a track, and which regions of its phase are not yet covered (R-05)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.permissions import require
from app.extensions import db
from app.people import queries as people
from app.people.models import Account, Person, Region
from app.sessions.models import Track, TrackFacilitator


def list_facilitators(track: Track) -> list[TrackFacilitator]:
    """Return those who lead the track now, by region and name."""
    return list(
        db.session.scalars(
            sa.select(TrackFacilitator)
            .join(Person, Person.id == TrackFacilitator.person_id)
            .outerjoin(Region, Region.id == TrackFacilitator.region_id)
            .where(TrackFacilitator.track_id == track.id, TrackFacilitator.ended_at.is_(None))
            .order_by(Region.position.nulls_last(), TrackFacilitator.appointed_at, Person.name_fold)
        )
    )


def facilitators_ever(track: Track) -> set[UUID]:
    """Return who leads or has led the track."""
    return set(db.session.scalars(sa.select(TrackFacilitator.person_id).where(TrackFacilitator.track_id == track.id)))


def get_facilitator(track: Track, facilitator_id: UUID) -> TrackFacilitator:
    """Return one who leads this track now; raises `NotFound`."""
    row = db.session.scalar(
        sa.select(TrackFacilitator).where(
            TrackFacilitator.id == facilitator_id,
            TrackFacilitator.track_id == track.id,
            TrackFacilitator.ended_at.is_(None),
        )
    )
    if row is None:
        raise NotFound
    return row


def uncovered_regions(tracks: Sequence[Track]) -> dict[UUID, list[Region]]:
    """R-05: return for each track the regions of its phase for which nobody in the team stands; one statement, however
    many tracks. A track that lacks nobody is left out."""
    standing = sa.select(TrackFacilitator.track_id, TrackFacilitator.region_id).where(
        TrackFacilitator.track_id.in_([track.id for track in tracks]), TrackFacilitator.ended_at.is_(None)
    )
    covered = {(track_id, region_id) for track_id, region_id in db.session.execute(standing)}
    found = {
        track.id: [region for region in track.phase.regions if (track.id, region.id) not in covered] for track in tracks
    }
    return {track_id: regions for track_id, regions in found.items() if regions}


def regions_without_facilitator(track: Track) -> list[Region]:
    """R-05, for one track."""
    return uncovered_regions([track]).get(track.id, [])


def find_people(actor: Actor, track: Track, written: str) -> people.Meant:
    """Return who is meant by an e-mail address or by a name, for whoever may appoint: the secretariat, which sees
    everybody. Raises `NotAllowed`."""
    require(actor, "sessions.appoint_facilitator", track)
    return people.find_meant(actor, written)


def has_account(person_id: UUID) -> bool:
    """Return whether a person can sign in at all."""
    return db.session.scalar(sa.select(Account.person_id).where(Account.person_id == person_id)) is not None
