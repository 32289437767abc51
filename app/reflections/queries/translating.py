"""What remains to translate, for people who offer a language."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import NETWORK, Actor
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.reflections.models import Reflection, Translation, TranslationOffer
from app.reflections.queries.reading import LIST_SIZE, for_lists, shown
from app.sessions.keys import TRACK


def list_offers(person_id: UUID) -> list[str]:
    """Return the languages into which a person offers to translate."""
    return sorted(
        db.session.scalars(sa.select(TranslationOffer.language).where(TranslationOffer.person_id == person_id))
    )


def list_untranslated(
    actor: Actor,
    *,
    into: str,
    read: Collection[str] = (),
    is_read: bool = True,
    cursor: str = "",
    size: int = LIST_SIZE,
) -> Page[Reflection]:
    """Return originals of others that the actor may translate and that have no translation into this language yet, or
    one that the original has left behind; the oldest first. With the tags a person can `read`, those in these
    languages, whatever their region; without `is_read`, the others."""
    up_to_date = sa.exists().where(
        Translation.reflection_id == Reflection.id,
        Translation.language == into,
        Translation.of_version == Reflection.version,
    )
    statement = for_lists(
        sa.select(Reflection).where(
            shown(actor),
            Reflection.author_id.is_distinct_from(actor.person_id),
            Reflection.language != into,
            _of_ones_own(actor),
            sa.not_(up_to_date),
            *_in_languages(read, is_read),
        )
    )
    return fetch_page(statement, key=Reflection.written_at, row_id=Reflection.id, cursor=cursor, size=size)


def _in_languages(tags: Collection[str], is_one: bool) -> list[sa.ColumnElement[bool]]:
    bases = sorted({tag.split("-")[0] for tag in tags})
    if not bases:
        return []
    in_one = sa.or_(
        *(
            sa.or_(Reflection.language == one, Reflection.language.startswith(f"{one}-", autoescape=True))
            for one in bases
        )
    )
    return [in_one if is_one else sa.not_(in_one)]


def _of_ones_own(actor: Actor) -> sa.ColumnElement[bool]:
    """People of the network translate whatever they read, others in their own tracks: as `policy.can_translate`."""
    if actor.holds(NETWORK):
        return sa.true()
    own = [UUID(key.split(":", 1)[1]) for key in actor.keys if key.startswith(f"{TRACK}:")]
    return Reflection.track_id.in_(own) if own else sa.false()
