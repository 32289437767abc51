"""Reading announcements: those of one track, newest first, as far as the reader takes part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.announcements.models import Announcement
from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.errors import NotFound
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.people.models import Person
from app.sessions.models import Track

LIST_SIZE = 10


def _readable(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(visible_to(actor, Announcement.audience), Announcement.removed_at.is_(None))


def _listed(actor: Actor, track: Track) -> sa.Select[Any]:
    author = joinedload(Announcement.author)
    return (
        sa.select(Announcement)
        .where(Announcement.track_id == track.id, _readable(actor))
        .options(author.lazyload(Person.languages), author.lazyload(Person.region))
    )


def get_visible_announcement(actor: Actor, announcement_id: UUID) -> Announcement:
    """Return an announcement this actor may read; raises `NotFound` for every other."""
    found = db.session.scalar(sa.select(Announcement).where(Announcement.id == announcement_id, _readable(actor)))
    if found is None:
        raise NotFound
    return found


def list_readable(actor: Actor, announcement_ids: Iterable[UUID]) -> Sequence[Announcement]:
    """Return those of many announcements that the actor may read."""
    wanted = sa.select(Announcement).where(Announcement.id.in_(list(announcement_ids)), _readable(actor))
    return db.session.scalars(wanted).all()


def list_announcements(actor: Actor, track: Track, *, cursor: str = "") -> Page[Announcement]:
    """Return one page of what was announced in a track, newest first."""
    return fetch_page(
        _listed(actor, track),
        key=Announcement.sent_at,
        row_id=Announcement.id,
        cursor=cursor,
        newest_first=True,
        size=LIST_SIZE,
    )


def list_newest(actor: Actor, track: Track, *, limit: int) -> Sequence[Announcement]:
    """Return the newest announcements for the room on the track's page."""
    newest = _listed(actor, track).order_by(Announcement.sent_at.desc(), Announcement.id.desc()).limit(limit)
    return db.session.scalars(newest).unique().all()
