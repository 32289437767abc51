"""What remains to translate, for people who offer a language."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import NETWORK, Actor
from app.core.paging import Page, fetch_page
from app.extensions import db
from app.originals.kinds import kinds
from app.originals.models import Original, Translation, TranslationOffer
from app.originals.queries.reading import LIST_SIZE, for_lists, shown


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
) -> Page[Original]:
    """Return originals of others, of all kinds, that the actor may translate and that have no translation into this
    language yet, or one that the original has left behind; the oldest first. With the tags a person can `read`, those
    in these languages, whatever their region; without `is_read`, the others."""
    up_to_date = sa.exists().where(
        Translation.original_id == Original.id,
        Translation.language == into,
        Translation.of_version == Original.version,
    )
    statement = for_lists(
        sa.select(Original).where(
            shown(actor),
            Original.author_id.is_distinct_from(actor.person_id),
            Original.language != into,
            _of_ones_own(actor),
            sa.not_(up_to_date),
            *_in_languages(read, is_read),
        ),
        Original,
    )
    return fetch_page(statement, key=Original.written_at, row_id=Original.id, cursor=cursor, size=size)


def _in_languages(tags: Collection[str], is_one: bool) -> list[sa.ColumnElement[bool]]:
    bases = sorted({tag.split("-")[0] for tag in tags})
    if not bases:
        return []
    in_one = sa.or_(
        *(sa.or_(Original.language == one, Original.language.startswith(f"{one}-", autoescape=True)) for one in bases)
    )
    return [in_one if is_one else sa.not_(in_one)]


def _of_ones_own(actor: Actor) -> sa.ColumnElement[bool]:
    """People of the network translate whatever they read, others where they take part: as `policy.can_translate`."""
    if actor.holds(NETWORK):
        return Original.kind.in_([kind.code for kind in kinds()])
    own = [sa.and_(Original.kind == kind.code, kind.taking_part(actor)) for kind in kinds()]
    return sa.or_(sa.false(), *own)
