"""Material follows when a session or a track is copied, where whoever copies it chose so.

A copy names the same file as its original: nothing is written to the folder, and the bytes go when the last one that
names them is removed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import files, searching
from app.core.actors import Actor
from app.extensions import db
from app.materials.models import TrackMaterial
from app.materials.readers import audience_of, readers_of
from app.sessions import events
from app.sessions.models import LearningSession, Track

CHOICE = "materials"


def _on_session_copied(
    copy: LearningSession, *, source: LearningSession, chosen: Collection[str], actor: Actor, now: datetime, **_: Any
) -> None:
    if CHOICE in chosen:
        _copy(source.track_id, source.id, lambda row: _again(row, copy.track_id, copy.id, actor, now))


def _on_track_copied(
    copy: Track, *, source: Track, chosen: Collection[str], actor: Actor, now: datetime, **_: Any
) -> None:
    """What belongs to the track as a whole; its sessions are copied one by one and tell of themselves."""
    if CHOICE in chosen:
        _copy(source.id, None, lambda row: _again(row, copy.id, None, actor, now))


def _copy(from_track: UUID, from_session: UUID | None, again: Callable[[TrackMaterial], TrackMaterial]) -> None:
    rows = db.session.scalars(
        sa.select(TrackMaterial).where(TrackMaterial.track_id == from_track, TrackMaterial.session_id == from_session)
    ).unique()
    # a file that is being taken away at this moment is not named again
    copies = [again(row) for row in rows.all() if row.file is None or files.hold(row.file)]
    db.session.add_all(copies)
    db.session.flush()
    searching.changed("material", [copy.id for copy in copies])


def _again(row: TrackMaterial, track_id: UUID, session_id: UUID | None, actor: Actor, now: datetime) -> TrackMaterial:
    return TrackMaterial(
        track_id=track_id,
        session_id=session_id,
        audience=audience_of(readers_of(row.audience), track_id),
        title=row.title,
        language=row.language,
        url=row.url,
        file_id=row.file_id,
        position=row.position,
        added_by=actor.person_id,
        added_at=now,
    )


def follow() -> None:
    events.session_copied.connect(_on_session_copied)
    events.track_copied.connect(_on_track_copied)
