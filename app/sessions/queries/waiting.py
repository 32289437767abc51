"""What waits in the programme, over many tracks at once: each question is asked once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from app.extensions import db
from app.people.models import Region
from app.sessions.models import SessionLanguage, Track, TrackFacilitator


def sessions_with_languages(session_ids: Sequence[UUID]) -> set[UUID]:
    """Return those of many sessions of which somebody said in which languages they are held."""
    return set(
        db.session.scalars(
            sa.select(SessionLanguage.session_id).where(SessionLanguage.session_id.in_(session_ids)).distinct()
        )
    )


def uncovered_regions(tracks: Sequence[Track]) -> dict[UUID, list[Region]]:
    """R-05, for many tracks: return the regions of the phase for which nobody in the team stands."""
    covered: dict[UUID, set[UUID | None]] = defaultdict(set)
    rows = db.session.execute(
        sa.select(TrackFacilitator.track_id, TrackFacilitator.region_id).where(
            TrackFacilitator.track_id.in_([track.id for track in tracks]), TrackFacilitator.ended_at.is_(None)
        )
    )
    for track_id, region_id in rows:
        covered[track_id].add(region_id)
    found = {
        track.id: [region for region in track.phase.regions if region.id not in covered[track.id]] for track in tracks
    }
    return {track_id: regions for track_id, regions in found.items() if regions}
