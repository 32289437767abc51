"""What can be found of announcements: subject and words, for those who take part in the track, until taken back. Nobody
is found by name, neither the author nor anybody else."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.announcements.models import Announcement
from app.core import searching
from app.core.searching import Document, Searchable
from app.extensions import db


def documents(ids: list[UUID]) -> list[Document]:
    rows = db.session.scalars(
        sa.select(Announcement).where(Announcement.id.in_(ids), Announcement.removed_at.is_(None))
    )
    return [
        Document(
            kind="announcement",
            object_id=row.id,
            language=row.language,
            audience=row.audience,
            dated_at=row.sent_at,
            title=row.subject,
            text=row.body,
            part_of=("track", row.track_id),
        )
        for row in rows
    ]


def register() -> None:
    searching.register(
        Searchable(
            kind="announcement",
            # I18N: kind of thing that a search finds, one: words of facilitators to everybody of a track
            one=_l("Announcement"),
            many=_l("Announcements"),
            documents=documents,
            list_ids=searching.pages_of(Announcement.id),
            order=34,
        )
    )
