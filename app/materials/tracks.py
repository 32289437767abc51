"""The shelf of a track: laid out by those who lead it, with a part for each of its sessions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import url_for
from flask_babel import lazy_gettext as _l

from app.core import searching
from app.core.actors import PUBLIC, Actor
from app.core.audiences import visible_to
from app.core.context import page_language
from app.core.names import names_of
from app.extensions import db
from app.materials import shelves
from app.materials.models import TrackMaterial
from app.materials.readers import Readers
from app.materials.searching import narrowest
from app.materials.shelves import Choice, Part, Reach, Sessions, ShelfKind, Words
from app.moments.models import Moment
from app.sessions import events
from app.sessions.keys import track_key
from app.sessions.models import LearningSession, Track
from app.sessions.queries import get_visible_track, is_session_of, list_sessions
from app.sessions.services.tracks import lock_track


def sessions_of(actor: Actor, track: Track) -> list[Part]:
    """Return the sessions of a track that the actor sees, in the order of their time."""
    sessions = list_sessions(actor, track)
    names = names_of("session", [session.id for session in sessions], page_language())
    return [
        Part(session.id, names[session.id], url_for("sessions.show_session", session_id=session.id))
        for session in sessions
    ]


def seen(actor: Actor) -> sa.ColumnElement[bool]:
    """Material is seen with its track, and with its session: public material of a draft is not seen, and follows by
    itself when the track is published."""
    of_track = sa.exists().where(Track.id == TrackMaterial.track_id, visible_to(actor, Track.audience))
    of_session = (
        sa.select(LearningSession.id)
        .join(Moment, Moment.id == LearningSession.moment_id)
        .where(LearningSession.id == TrackMaterial.session_id, visible_to(actor, Moment.audience))
        .exists()
    )
    return sa.and_(of_track, sa.or_(TrackMaterial.session_id.is_(None), of_session))


def reach(ids: list[UUID]) -> dict[UUID, Reach]:
    """Return what `seen` asks of many materials, as one key for each."""
    rows = db.session.execute(
        sa.select(
            TrackMaterial.id,
            TrackMaterial.track_id,
            TrackMaterial.session_id,
            TrackMaterial.audience,
            Track.audience.label("of_track"),
            Moment.audience.label("of_session"),
        )
        .join(Track, Track.id == TrackMaterial.track_id)
        .outerjoin(LearningSession, LearningSession.id == TrackMaterial.session_id)
        .outerjoin(Moment, Moment.id == LearningSession.moment_id)
        .where(TrackMaterial.id.in_(ids))
    )
    return {
        row.id: Reach(
            narrowest(row.audience, row.of_track, row.of_session or PUBLIC),
            ("session", row.session_id) if row.session_id else ("track", row.track_id),
        )
        for row in rows
    }


TRACKS = ShelfKind(
    model=TrackMaterial,
    owner=Track,
    shelf_id=TrackMaterial.track_id,
    root="/tracks",
    section="materials",
    adding="materials.add",
    editing="materials.edit",
    readers=(
        Choice(
            Readers.TRACK,
            track_key,
            _l("People of this track"),
            lambda _track: _l("Signed in, as long as they take part"),
        ),
        Choice(
            Readers.PUBLIC,
            lambda _track_id: PUBLIC,
            _l("Everybody"),
            lambda _track: _l("Anybody on the web, once the track is published"),
        ),
    ),
    words=Words(
        lead=_l("What the track and its sessions give to read, see and use."),
        whole=_l("The track as a whole"),
        nothing=_l("Nothing to read for this track yet."),
        back=_l("Back to the track"),
    ),
    get_visible=get_visible_track,
    seen=seen,
    reach=reach,
    lock=lock_track,
    sessions=Sessions(
        column=TrackMaterial.session_id,
        listed=sessions_of,
        has=is_session_of,
        refusal=_l("This session is not one of this track. Choose one of the list."),
    ),
)


def _on_readers(track: Track, **_more: Any) -> None:
    """A track that is published, or taken back, takes its material along."""
    of_track = sa.select(TrackMaterial.id).where(TrackMaterial.track_id == track.id)
    searching.changed("material", db.session.scalars(of_track))


def register() -> None:
    shelves.register(TRACKS)
    for event in (events.track_published, events.track_unpublished):
        event.connect(_on_readers)
