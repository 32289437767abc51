"""Facilitator teams: the secretariat appoints, per track and with the region a person stands for (R-05)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.people.models import Region
from app.people.services import check_may_be_appointed
from app.sessions import events
from app.sessions.models import Track, TrackFacilitator


class UnknownRegion(RuleBroken):
    """No region of this house is meant."""


def _find_open(track: Track, person_id: UUID) -> TrackFacilitator | None:
    return db.session.scalar(
        sa.select(TrackFacilitator).where(
            TrackFacilitator.track_id == track.id,
            TrackFacilitator.person_id == person_id,
            TrackFacilitator.ended_at.is_(None),
        )
    )


def appoint_facilitator(
    actor: Actor, track: Track, *, person_id: UUID, region_id: UUID | None, now: datetime
) -> TrackFacilitator:
    """Let a person lead one track (and no other). Appointing again changes the region they stand for (R-05).

    Raises `UnknownPerson`, `UnprovenPerson`, `UnknownRegion`.
    """
    require(actor, "sessions.appoint_facilitator", track)
    check_may_be_appointed(person_id)
    if region_id is not None and db.session.get(Region, region_id) is None:
        raise UnknownRegion(_l("Choose the region this person stands for."), field="region")
    row = TrackFacilitator(track_id=track.id, person_id=person_id, region_id=region_id, appointed_at=now)
    known = _find_open(track, person_id)
    if known is None:
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:
            known = _find_open(track, person_id)
    if known is not None:
        known.region_id = region_id
        db.session.flush()
        return known
    facts = {"person": str(person_id), "region": str(region_id) if region_id else None}
    audit.record(actor, "sessions.facilitator.appointed", "track", track.id, facts, now=now)
    events.facilitator_appointed.send(row, actor=actor, now=now)
    return row


def end_facilitator(actor: Actor, facilitator: TrackFacilitator, *, track: Track, now: datetime) -> TrackFacilitator:
    """End a person's service in a track; what they did stays. Ending twice changes nothing."""
    require(actor, "sessions.appoint_facilitator", track)
    ending = sa.update(TrackFacilitator).where(
        TrackFacilitator.id == facilitator.id,
        TrackFacilitator.track_id == track.id,
        TrackFacilitator.ended_at.is_(None),
    )
    if change_rows(ending.values(ended_at=now)) == 1:
        facts = {"person": str(facilitator.person_id)}
        audit.record(actor, "sessions.facilitator.ended", "track", track.id, facts, now=now)
        events.facilitator_ended.send(facilitator, actor=actor, now=now)
    return facilitator
