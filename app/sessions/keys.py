"""Keys that come from tracks: `track:<id>` for everybody who takes part, `facilitators:<id>` for those who lead."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.extensions import db
from app.sessions.models import TrackFacilitator, TrackMembership

TRACK = "track"
FACILITATORS = "facilitators"


def track_key(track_id: UUID) -> str:
    """The audience of a track: its participants and its facilitators."""
    return f"{TRACK}:{track_id}"


def facilitators_key(track_id: UUID) -> str:
    """The power to lead one track and no other."""
    return f"{FACILITATORS}:{track_id}"


def keys_of(person_ids: list[UUID], _now: datetime) -> dict[UUID, set[str]]:
    """Return the keys of many persons from their open memberships and appointments."""
    keys: dict[UUID, set[str]] = defaultdict(set)
    taking_part = sa.select(TrackMembership.person_id, TrackMembership.track_id).where(
        TrackMembership.person_id.in_(person_ids), TrackMembership.left_at.is_(None)
    )
    for person_id, track_id in db.session.execute(taking_part):
        keys[person_id].add(track_key(track_id))
    leading = sa.select(TrackFacilitator.person_id, TrackFacilitator.track_id).where(
        TrackFacilitator.person_id.in_(person_ids), TrackFacilitator.ended_at.is_(None)
    )
    for person_id, track_id in db.session.execute(leading):
        keys[person_id] |= {track_key(track_id), facilitators_key(track_id)}
    return keys


def holders_of_facilitators(key: str, _now: datetime) -> set[UUID]:
    """Return who leads the track of a `facilitators:<id>` key."""
    return set(
        db.session.scalars(
            sa.select(TrackFacilitator.person_id).where(
                TrackFacilitator.track_id == _track_of(key), TrackFacilitator.ended_at.is_(None)
            )
        )
    )


def holders_of_track(key: str, now: datetime) -> set[UUID]:
    """Return who takes part in the track of a `track:<id>` key, facilitators included."""
    members = db.session.scalars(
        sa.select(TrackMembership.person_id).where(
            TrackMembership.track_id == _track_of(key), TrackMembership.left_at.is_(None)
        )
    )
    return set(members) | holders_of_facilitators(key, now)


def _track_of(key: str) -> UUID:
    return UUID(key.split(":", 1)[1])
