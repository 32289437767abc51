"""Where the people of a track keep Ramadan: said by those who lead it, never deduced from a person or a name."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.sessions.models import RamadanPlace, Track
from app.sessions.queries.zones import list_places, list_ramadan_zones


class NotAPlaceOfTheTrack(RuleBroken):
    """Nobody follows the track from there, as far as may be told."""


def keep_ramadan(actor: Actor, track: Track, *, zones: Collection[str], now: datetime) -> set[str]:
    """Say at which places of a track Ramadan is kept: there a session over sunset asks for care. Returns the places
    that changed; said again, nothing changes.

    Raises `NotAPlaceOfTheTrack`.
    """
    require(actor, "sessions.keep_ramadan", track)
    wanted, kept = set(zones), list_ramadan_zones(track)
    if wanted - set(list_places(track)):
        raise NotAPlaceOfTheTrack(_l("Choose among the places of this track."), field="zones")
    if wanted == kept:
        return set()
    gone = sa.delete(RamadanPlace).where(RamadanPlace.track_id == track.id, RamadanPlace.zone.in_(kept - wanted))
    db.session.execute(gone)
    db.session.add_all(RamadanPlace(track_id=track.id, zone=zone) for zone in sorted(wanted - kept))
    db.session.flush()
    audit.record(actor, "sessions.ramadan.changed", "track", track.id, {"zones": sorted(wanted)}, now=now)
    return wanted ^ kept
