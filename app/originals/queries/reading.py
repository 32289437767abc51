"""Reading originals. Every list passes through `readable` or `shown`: the audience, the author's own words, nothing
withdrawn or withheld for anybody else, nothing erased for anybody. The conditions stand on `Original`, and hold in a
statement about any of its kinds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload, selectinload

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.core.errors import NotFound
from app.extensions import db
from app.originals.models import Original, OriginalVersion, Translation
from app.people.models import Person

Text = TypeVar("Text", bound=Original)

LIST_SIZE = 20
"""Texts on one page of a list: about 600 characters each, so that the page stays light."""


def unless_mine(actor: Actor, hidden_at: Any) -> sa.ColumnElement[bool]:
    """Not taken out of sight, or the actor's own words."""
    in_sight: sa.ColumnElement[bool] = hidden_at.is_(None)
    return sa.or_(in_sight, Original.author_id == actor.person_id) if actor.person_id is not None else in_sight


def there(actor: Actor) -> sa.ColumnElement[bool]:
    """What the actor is one of the readers of, or the author; withheld or not."""
    return sa.and_(
        visible_to(actor, Original.audience, Original.author_id),
        Original.erased_at.is_(None),
        unless_mine(actor, Original.withdrawn_at),
    )


def readable(actor: Actor) -> sa.ColumnElement[bool]:
    """What the actor finds in lists, with the actor's own withdrawn and withheld words."""
    return sa.and_(there(actor), unless_mine(actor, Original.withheld_at))


def shown(actor: Actor) -> sa.ColumnElement[bool]:
    """What rooms on other pages show: as `readable`, without what is out of sight for others."""
    return sa.and_(there(actor), Original.withdrawn_at.is_(None), Original.withheld_at.is_(None))


def light(person: Any) -> tuple[Any, ...]:
    """A person as the name beside a text: without languages and region."""
    return (person.lazyload(Person.languages), person.lazyload(Person.region))


def for_lists(statement: sa.Select[Any], of: type[Original]) -> sa.Select[Any]:
    """Load what a list of one kind prints (`Original` itself: of all kinds), in a number of queries that does not grow
    with the list. The words are not among it: `current_versions`."""
    return statement.options(
        lazyload(of.versions),
        *light(joinedload(of.author)),
        selectinload(of.translations).defer(Translation.body),
    )


def get_visible_original(actor: Actor, original_id: UUID, model: type[Text]) -> Text:
    """Return a text of one kind that this actor may read; raises `NotFound` for every other, erased ones included."""
    translators = selectinload(model.translations).joinedload(Translation.translator)
    statement = sa.select(model).where(model.id == original_id, readable(actor))
    found = db.session.scalar(statement.options(*light(translators)))
    if found is None:
        raise NotFound
    return found


def get_version(original: Original, number: int) -> OriginalVersion:
    """Return one version of a text already seen; raises `NotFound`."""
    for version in original.versions:
        if version.number == number:
            return version
    raise NotFound


def get_translation(original: Original, translation_id: UUID) -> Translation:
    """Return one translation of a text already seen; raises `NotFound`."""
    for translation in original.translations:
        if translation.id == translation_id:
            return translation
    raise NotFound


def current_versions(originals: Sequence[Original]) -> dict[UUID, OriginalVersion]:
    """Return the words of the current version of many texts with their passages, in two queries."""
    wanted = [original.id for original in originals]
    if not wanted:
        return {}
    newest = sa.and_(Original.id == OriginalVersion.original_id, Original.version == OriginalVersion.number)
    rows = db.session.scalars(
        sa.select(OriginalVersion).join(Original, newest).where(OriginalVersion.original_id.in_(wanted))
    )
    return {row.original_id: row for row in rows}


def readable_ids(actor: Actor, original_ids: Collection[UUID]) -> set[UUID]:
    """Return which of many texts of any kind the actor may read."""
    return set(db.session.scalars(sa.select(Original.id).where(Original.id.in_(original_ids), readable(actor))))
