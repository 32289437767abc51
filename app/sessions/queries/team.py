"""Who leads a track, and which regions of its phase are not yet covered (R-05)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from app.core.errors import NotFound
from app.core.languages import fold
from app.extensions import db
from app.people import queries as people
from app.people.models import Person, Region
from app.sessions.models import Track, TrackFacilitator

MOST = 12
"""So many people are shown to choose from."""


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


def regions_without_facilitator(track: Track, team: Sequence[TrackFacilitator] | None = None) -> list[Region]:
    """R-05: return the regions of the phase for which nobody in the team stands."""
    team = list_facilitators(track) if team is None else team
    covered = {facilitator.region_id for facilitator in team}
    return [region for region in track.phase.regions if region.id not in covered]


def find_people(written: str) -> list[Person]:
    """Return who is meant by an e-mail address or by a name, case and accents apart; for the secretariat, which sees
    everybody. A whole name goes before a part of one."""
    written = written.strip()
    folded = fold(written)
    if not folded:
        return []
    if "@" in written:
        account = people.find_account(written)
        return [account.person] if account is not None else []
    found = list(
        db.session.scalars(
            sa.select(Person)
            .where(Person.erased_at.is_(None), Person.name_fold.contains(folded, autoescape=True))
            .order_by(Person.name_fold, Person.id)
            .limit(MOST)
        )
    )
    whole = [person for person in found if folded in (fold(person.name), fold(person.name_latin))]
    return whole or found
