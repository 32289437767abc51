"""What can be found of materials: their titles, each in its language.

What is in a file, or behind a link, is not read. Material is found by whoever sees it on the page of its track:
`queries._visible` asks for its own audience, the track's and the session's at once; here they become one.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import searching
from app.core.actors import PUBLIC, SECRETARIAT
from app.core.searching import Document, Searchable
from app.extensions import db
from app.materials.models import Material
from app.moments.models import Moment
from app.sessions import events
from app.sessions.models import LearningSession, Track

_COLUMNS = (
    Material.id,
    Material.track_id,
    Material.session_id,
    Material.audience,
    Material.title,
    Material.language,
    Material.added_at,
)


def documents(ids: list[UUID]) -> list[Document]:
    rows = db.session.execute(
        sa.select(*_COLUMNS, Track.audience.label("of_track"), Moment.audience.label("of_session"))
        .join(Track, Track.id == Material.track_id)
        .outerjoin(LearningSession, LearningSession.id == Material.session_id)
        .outerjoin(Moment, Moment.id == LearningSession.moment_id)
        .where(Material.id.in_(ids))
    )
    return [
        Document(
            kind="material",
            object_id=row.id,
            language=row.language,
            audience=narrowest(row.audience, row.of_track, row.of_session or PUBLIC),
            dated_at=row.added_at,
            title=row.title,
            part_of=("session", row.session_id) if row.session_id else ("track", row.track_id),
        )
        for row in rows
    ]


def narrowest(*audiences: str) -> str:
    """Return the audience of those who hold all of these. There are two, everybody and the people of the track; were
    there others that do not lie within each other, the secretariat alone would find what they guard."""
    guarded = set(audiences) - {PUBLIC}
    if len(guarded) > 1:
        return SECRETARIAT
    return guarded.pop() if guarded else PUBLIC


def _on_readers(track: Track, **_more: Any) -> None:
    """A track that is published, or taken back, takes its material along."""
    searching.changed("material", db.session.scalars(sa.select(Material.id).where(Material.track_id == track.id)))


def register() -> None:
    searching.register(
        Searchable(
            kind="material",
            # I18N: kind of thing that a search finds, one: material of a track, either a link or a file
            one=_l("Link or file"),
            many=_l("Materials"),
            documents=documents,
            list_ids=searching.pages_of(Material.id),
            order=32,
        )
    )
    for event in (events.track_published, events.track_unpublished):
        event.connect(_on_readers)
