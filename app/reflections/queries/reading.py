"""Reading reflections. Every list passes through `readable`: the audience, the author's own words, nothing withdrawn
or withheld for anybody else, nothing erased for anybody. One page of one text opens for a few more people: `openable`.
"""

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
from app.people.models import Person
from app.reflections.models import Reflection, ReflectionVersion, Translation
from app.sessions.keys import FACILITATORS
from app.sessions.models import Track

LIST_SIZE = 20
"""Voices on one page of the list: about 600 characters each, so that the page stays light."""

PRINT_SIZE = 100
"""Whole voices on one sheet to print."""


def _unless_mine(actor: Actor, hidden_at: Any) -> sa.ColumnElement[bool]:
    """Not taken out of sight, or the actor's own words."""
    in_sight: sa.ColumnElement[bool] = hidden_at.is_(None)
    return sa.or_(in_sight, Reflection.author_id == actor.person_id) if actor.person_id is not None else in_sight


def _there(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(
        visible_to(actor, Reflection.audience, Reflection.author_id),
        Reflection.erased_at.is_(None),
        _unless_mine(actor, Reflection.withdrawn_at),
    )


def led_by(actor: Actor) -> sa.ColumnElement[bool]:
    """Of a track that the actor leads; the secretariat leads all. The same rule as `policy.leads`."""
    if actor.is_secretariat:
        return sa.true()
    led = [UUID(key.split(":", 1)[1]) for key in actor.keys if key.startswith(f"{FACILITATORS}:")]
    return Reflection.track_id.in_(led) if led else sa.false()


def readable(actor: Actor) -> sa.ColumnElement[bool]:
    """What the actor finds in lists, with the actor's own withdrawn and withheld words."""
    return sa.and_(_there(actor), _unless_mine(actor, Reflection.withheld_at))


def openable(actor: Actor) -> sa.ColumnElement[bool]:
    """What the actor may open by its address: as `readable`, with what is withheld in a track that the actor leads,
    for somebody has to read it to decide."""
    return sa.and_(_there(actor), sa.or_(_unless_mine(actor, Reflection.withheld_at), led_by(actor)))


def shown(actor: Actor) -> sa.ColumnElement[bool]:
    """What rooms on other pages show: as `readable`, without what is out of sight for others."""
    return sa.and_(_there(actor), Reflection.withdrawn_at.is_(None), Reflection.withheld_at.is_(None))


def _light(person: Any) -> tuple[Any, ...]:
    """A person as the name beside a text: without languages and region."""
    return (person.lazyload(Person.languages), person.lazyload(Person.region))


def for_lists(statement: sa.Select[Any]) -> sa.Select[Any]:
    """Load what a list prints, in a number of queries that does not grow with the list."""
    translations = selectinload(Reflection.translations)
    return statement.options(
        lazyload(Reflection.versions),
        *_light(joinedload(Reflection.author)),
        translations.defer(Translation.body),
        joinedload(Reflection.track).lazyload(Track.phase),
    )


def get_visible_reflection(actor: Actor, reflection_id: UUID) -> Reflection:
    """Return a reflection this actor may open; raises `NotFound` for every other, erased ones included."""
    translators = selectinload(Reflection.translations).joinedload(Translation.translator)
    statement = sa.select(Reflection).where(Reflection.id == reflection_id, openable(actor))
    found = db.session.scalar(statement.options(*_light(translators)))
    if found is None:
        raise NotFound
    return found


def get_version(reflection: Reflection, number: int) -> ReflectionVersion:
    """Return one version of a reflection already seen; raises `NotFound`."""
    for version in reflection.versions:
        if version.number == number:
            return version
    raise NotFound


def get_translation(reflection: Reflection, translation_id: UUID) -> Translation:
    """Return one translation of a reflection already seen; raises `NotFound`."""
    for translation in reflection.translations:
        if translation.id == translation_id:
            return translation
    raise NotFound


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
        *_light(joinedload(Reflection.author)),
        *_light(translators),
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


def current_versions(reflections: Sequence[Reflection]) -> dict[UUID, ReflectionVersion]:
    """Return the words of the current version of many reflections with their passages, in two queries."""
    wanted = [reflection.id for reflection in reflections]
    if not wanted:
        return {}
    rows = db.session.scalars(
        sa.select(ReflectionVersion)
        .join(
            Reflection,
            sa.and_(Reflection.id == ReflectionVersion.reflection_id, Reflection.version == ReflectionVersion.number),
        )
        .where(ReflectionVersion.reflection_id.in_(wanted))
    )
    return {row.reflection_id: row for row in rows}


def list_readable(actor: Actor, reflection_ids: list[UUID]) -> Sequence[Reflection]:
    """Return those of many reflections that the actor may read."""
    found = for_lists(sa.select(Reflection).where(Reflection.id.in_(reflection_ids), readable(actor)))
    return db.session.scalars(found).unique().all()
