"""What other packages print of phases, tracks and gatherings they do not know: title, address, state."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import contains_eager, lazyload

from app.core import clock
from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.context import page_language
from app.core.names import names_of
from app.core.registries import Card
from app.extensions import db
from app.moments.models import Moment
from app.sessions import addresses, policy
from app.sessions.hosts import owner_names, titles_of
from app.sessions.models import Gathering, Phase, Track


def describe_phases(ids: list[UUID], _actor: Actor) -> dict[UUID, Card]:
    """Phases are public."""
    rows = db.session.execute(sa.select(Phase.id, Phase.slug).where(Phase.id.in_(ids)))
    return _cards("phase", {phase_id: (addresses.phase_path(slug), "") for phase_id, slug in rows})


def describe_tracks(ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Tracks the actor sees; state `draft`, `open` or `closed`."""
    now = clock.now()
    tracks = db.session.scalars(sa.select(Track).where(Track.id.in_(ids), visible_to(actor, Track.audience)))
    return _cards("track", {track.id: (addresses.track_path(track.slug), _state(track, now)) for track in tracks})


def _state(track: Track, now: datetime) -> str:
    if track.published_at is None:
        return "draft"
    return "open" if policy.door_of(track, now) is policy.Door.OPEN else "closed"


def describe_gatherings(ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Gatherings of any kind that the actor sees; the state is that of the moment."""
    rows = list(
        db.session.scalars(
            sa.select(Gathering)
            .join(Moment, Moment.id == Gathering.moment_id)
            .options(contains_eager(Gathering.moment), lazyload("*"))
            .where(Gathering.id.in_(ids), visible_to(actor, Moment.audience))
        )
    )
    titles, owners = titles_of(rows, page_language()), owner_names(rows, page_language())
    return {
        row.id: Card(
            titles[row.id].text,
            addresses.session_path(row.id),
            titles[row.id].language,
            row.moment.status.value,
            owners[row.id].text,
        )
        for row in rows
    }


def describe_intakes(track_ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """The time in which one applies for a track, for those who see the track."""
    tracks = list(
        db.session.scalars(sa.select(Track).where(Track.id.in_(track_ids), visible_to(actor, Track.audience)))
    )
    names = names_of("track", [track.id for track in tracks], page_language())
    return {
        # I18N: a date in an agenda: until when people may apply to take part in a track
        track.id: Card(_("Applications: %(track)s", track=names[track.id].text), addresses.track_path(track.slug))
        for track in tracks
    }


def _cards(kind: str, found: dict[UUID, tuple[str, str]]) -> dict[UUID, Card]:
    names = names_of(kind, found, page_language())
    return {
        thing_id: Card(names[thing_id].text, href, names[thing_id].language, state)
        for thing_id, (href, state) in found.items()
    }
