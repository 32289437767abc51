"""Reading reflections. Who finds a text in lists is said of all originals (`readable`, `shown`); one page of one text
opens for a few more people: `openable`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload, selectinload

from app.core.actors import PUBLIC, Actor
from app.core.audiences import visible_to
from app.core.errors import NotFound
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.originals.models import Translation
from app.originals.queries import LIST_SIZE, light, readable, shown, there, unless_mine
from app.originals.queries import for_lists as originals_for_lists
from app.reflections.models import Reflection
from app.sessions.keys import FACILITATORS
from app.sessions.models import Track

PRINT_SIZE = 100
"""Whole voices on one sheet to print."""


def led_by(actor: Actor) -> sa.ColumnElement[bool]:
    """Of a track that the actor leads; the secretariat leads all. The same rule as `policy.leads`."""
    if actor.is_secretariat:
        return sa.true()
    led = [UUID(key.split(":", 1)[1]) for key in actor.keys if key.startswith(f"{FACILITATORS}:")]
    return Reflection.track_id.in_(led) if led else sa.false()


def openable(actor: Actor) -> sa.ColumnElement[bool]:
    """What the actor may open by its address: as `readable`, with what is withheld in a track that the actor leads,
    for somebody has to read it to decide."""
    return sa.and_(there(actor), sa.or_(unless_mine(actor, Reflection.withheld_at), led_by(actor)))


def for_lists(statement: sa.Select[Any]) -> sa.Select[Any]:
    """Load what a list prints, in a number of queries that does not grow with the list."""
    return originals_for_lists(statement, Reflection).options(joinedload(Reflection.track).lazyload(Track.phase))


def get_visible_reflection(actor: Actor, reflection_id: UUID) -> Reflection:
    """Return a reflection this actor may open; raises `NotFound` for every other, erased ones included."""
    translators = selectinload(Reflection.translations).joinedload(Translation.translator)
    statement = sa.select(Reflection).where(Reflection.id == reflection_id, openable(actor))
    found = db.session.scalar(statement.options(*light(translators)))
    if found is None:
        raise NotFound
    return found


def list_reflections(
    actor: Actor, *, track_slug: str = "", language: str = "", cursor: str = "", size: int = LIST_SIZE
) -> Page[Reflection]:
    """Return one page of what the actor may read, answers included, newest first."""
    statement = for_lists(sa.select(Reflection).where(readable(actor)))
    if track_slug:
        with_slug = sa.select(Track.id).where(Track.slug == track_slug, visible_to(actor, Track.audience))
        statement = statement.where(Reflection.track_id.in_(with_slug))
    if language:
        statement = statement.where(Reflection.language == language)
    return fetch_page(
        statement,
        key=Reflection.written_at,
        row_id=Reflection.id,
        cursor=cursor,
        newest_first=True,
        size=size,
    )


def list_voices(actor: Actor, *, track_id: UUID, cursor: str = "", size: int = PRINT_SIZE) -> Page[Reflection]:
    """Return one sheet of what others may read of a track too, the oldest first, with whole translations."""
    statement = sa.select(Reflection).where(shown(actor), Reflection.track_id == track_id)
    translators = selectinload(Reflection.translations).joinedload(Translation.translator)
    statement = statement.options(
        lazyload(Reflection.versions),
        *light(joinedload(Reflection.author)),
        *light(translators),
    )
    return fetch_page(statement, key=Reflection.written_at, row_id=Reflection.id, cursor=cursor, size=size)


def list_newest(
    actor: Actor, *, limit: int, track_id: UUID | None = None, session_id: UUID | None = None, only_public: bool = False
) -> Sequence[Reflection]:
    """Return the newest reflections for a room on another page; answers stand beneath what they answer."""
    statement = for_lists(sa.select(Reflection).where(shown(actor), Reflection.answers_id.is_(None)))
    if track_id is not None:
        statement = statement.where(Reflection.track_id == track_id)
    if session_id is not None:
        statement = statement.where(Reflection.session_id == session_id)
    if only_public:
        statement = statement.where(Reflection.audience == PUBLIC)
    newest = statement.order_by(Reflection.written_at.desc(), Reflection.id.desc()).limit(limit)
    return db.session.scalars(newest).unique().all()


def list_readable(actor: Actor, reflection_ids: list[UUID]) -> Sequence[Reflection]:
    """Return those of many reflections that the actor may read."""
    found = for_lists(sa.select(Reflection).where(Reflection.id.in_(reflection_ids), readable(actor)))
    return db.session.scalars(found).unique().all()
