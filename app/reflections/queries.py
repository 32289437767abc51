"""Reading reflections. Every list passes through `_readable`: the audience, the author's own words, nothing withdrawn
for anybody else, nothing erased for anybody."""

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
from app.sessions.models import Track

LIST_SIZE = 20
"""Voices on one page of the list: about 600 characters each, so that the page stays light."""


def _readable(actor: Actor) -> sa.ColumnElement[bool]:
    """What the actor may read, with the actor's own withdrawn words."""
    at_hand: sa.ColumnElement[bool] = Reflection.withdrawn_at.is_(None)
    if actor.person_id is not None:
        at_hand = sa.or_(at_hand, Reflection.author_id == actor.person_id)
    return sa.and_(
        visible_to(actor, Reflection.audience, Reflection.author_id), Reflection.erased_at.is_(None), at_hand
    )


def _shown(actor: Actor) -> sa.ColumnElement[bool]:
    """What rooms on other pages show: as `_readable`, without what its author took back."""
    return sa.and_(_readable(actor), Reflection.withdrawn_at.is_(None))


def _light(person: Any) -> tuple[Any, ...]:
    """A person as the name beside a text: without languages and region."""
    return (person.lazyload(Person.languages), person.lazyload(Person.region))


def _for_lists(statement: sa.Select[Any]) -> sa.Select[Any]:
    """Load what a list prints, in a number of queries that does not grow with the list."""
    translations = selectinload(Reflection.translations)
    return statement.options(
        lazyload(Reflection.versions),
        *_light(joinedload(Reflection.author)),
        translations.defer(Translation.body),
        joinedload(Reflection.track).lazyload(Track.phase),
    )


def get_visible_reflection(actor: Actor, reflection_id: UUID) -> Reflection:
    """Return a reflection this actor may read; raises `NotFound` for every other, erased ones included."""
    translators = selectinload(Reflection.translations).joinedload(Translation.translator)
    statement = sa.select(Reflection).where(Reflection.id == reflection_id, _readable(actor))
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
    """Return one page of what the actor may read, newest first."""
    statement = _for_lists(sa.select(Reflection).where(_readable(actor)))
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


def list_newest(
    actor: Actor, *, limit: int, track_id: UUID | None = None, session_id: UUID | None = None, only_public: bool = False
) -> Sequence[Reflection]:
    """Return the newest reflections for a room on another page."""
    statement = _for_lists(sa.select(Reflection).where(_shown(actor)))
    if track_id is not None:
        statement = statement.where(Reflection.track_id == track_id)
    if session_id is not None:
        statement = statement.where(Reflection.session_id == session_id)
    if only_public:
        statement = statement.where(Reflection.audience == PUBLIC)
    newest = statement.order_by(Reflection.written_at.desc(), Reflection.id.desc()).limit(limit)
    return db.session.scalars(newest).unique().all()


def current_bodies(reflections: Sequence[Reflection]) -> dict[UUID, str]:
    """Return the words of the current version of many reflections, in one query."""
    wanted = [reflection.id for reflection in reflections]
    if not wanted:
        return {}
    rows = db.session.execute(
        sa.select(ReflectionVersion.reflection_id, ReflectionVersion.body)
        .join(
            Reflection,
            sa.and_(Reflection.id == ReflectionVersion.reflection_id, Reflection.version == ReflectionVersion.number),
        )
        .where(ReflectionVersion.reflection_id.in_(wanted))
    )
    return {row.reflection_id: row.body for row in rows}


def count_written(*, track_id: UUID | None = None, session_id: UUID | None = None) -> int:
    """Return how many reflections were ever written, those counted that the reader may not see: R-01 says that counts
    stay when a text is withdrawn or erased. A deliberate second door: it tells a number and nothing else."""
    counting = sa.select(sa.func.count()).select_from(Reflection)
    if track_id is not None:
        counting = counting.where(Reflection.track_id == track_id)
    if session_id is not None:
        counting = counting.where(Reflection.session_id == session_id)
    return db.session.scalar(counting) or 0


def count_seen(actor: Actor, *, track_id: UUID | None = None, session_id: UUID | None = None) -> tuple[int, int]:
    """Return how many reflections the actor may read there, and in how many languages."""
    counting = sa.select(sa.func.count(), sa.func.count(Reflection.language.distinct())).where(_shown(actor))
    if track_id is not None:
        counting = counting.where(Reflection.track_id == track_id)
    if session_id is not None:
        counting = counting.where(Reflection.session_id == session_id)
    count, languages = db.session.execute(counting).one()
    return count, languages


def languages_seen(actor: Actor) -> list[str]:
    """Return the languages in which there is something for the actor to read."""
    return sorted(db.session.scalars(sa.select(Reflection.language).where(_readable(actor)).distinct()))


def tracks_seen(actor: Actor) -> list[tuple[UUID, str]]:
    """Return identifier and slug of the visible tracks in which there is something for the actor to read."""
    rows = db.session.execute(
        sa.select(Track.id, Track.slug)
        .where(
            visible_to(actor, Track.audience),
            Track.id.in_(sa.select(Reflection.track_id).where(_readable(actor))),
        )
        .order_by(Track.position, Track.slug)
    )
    return [(track_id, slug) for track_id, slug in rows]


def list_readable(actor: Actor, reflection_ids: list[UUID]) -> Sequence[Reflection]:
    """Return those of many reflections that the actor may read."""
    found = _for_lists(sa.select(Reflection).where(Reflection.id.in_(reflection_ids), _readable(actor)))
    return db.session.scalars(found).unique().all()
