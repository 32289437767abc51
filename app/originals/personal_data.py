"""What originals of all kinds hold about a person: translations and offers are handed out here, the texts themselves
by their kinds; moving and erasing is done here for every kind."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import actors, clock
from app.core.registries import Holding, actor_at
from app.extensions import db
from app.originals.kinds import kind_of
from app.originals.models import Original, Translation, TranslationOffer
from app.originals.queries import readable_ids
from app.originals.services import empty_out

HOLDINGS = {
    "translations": Holding(_l("Translations of others’ texts"), stays=True),
    "offers_to_translate": Holding(_l("Languages offered for translating")),
}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return what a person translated and offers to translate. A translation says what the original says: it is in it
    as far as the person may still read that; what is taken to another place must not outlive what its author took
    back."""
    translations = db.session.execute(
        sa.select(Translation, Original.kind)
        .join(Original, Original.id == Translation.original_id)
        .where(Translation.translator_id == person_id)
        .order_by(Translation.written_at)
    ).all()
    readable = readable_ids(actor_at(person_id, clock.now()), {row.original_id for row, _kind in translations})
    offers = sa.select(TranslationOffer.language).where(TranslationOffer.person_id == person_id)
    return {
        "translations": [
            _translation(row, kind, is_readable=row.original_id in readable) for row, kind in translations
        ],
        "offers_to_translate": sorted(db.session.scalars(offers)),
    }


def _translation(row: Translation, kind: str, *, is_readable: bool) -> dict[str, Any]:
    """Without the original to read, language and dates alone."""
    about = {
        kind: str(row.original_id),
        "language": row.language,
        "of_version": row.of_version,
        "written_at": row.written_at.isoformat(),
        "reviewed_at": row.reviewed_at and row.reviewed_at.isoformat(),
    }
    return about | {"body": row.body} if is_readable else about


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Move texts, translations and offers of one person to another; where both offer a language, it is offered once."""
    offered = sa.select(TranslationOffer.language).where(TranslationOffer.person_id == kept_id)
    _run(
        sa.delete(TranslationOffer).where(TranslationOffer.person_id == gone_id, TranslationOffer.language.in_(offered))
    )
    for table, column in (
        (Original, "author_id"),
        (Original, "written_down_by"),
        (Translation, "translator_id"),
        (TranslationOffer, "person_id"),
    ):
        _run(sa.update(table).where(getattr(table, column) == gone_id).values({column: kept_id}))


def erase_person(person_id: UUID, now: datetime) -> None:
    """Make the person's texts shells, of whatever kind (R-01). Translations of others' texts stay, by "a former
    participant", and so do words that were said for an organisation or a group."""
    eraser = actors.job("people.erase")
    for original in db.session.scalars(sa.select(Original).where(Original.author_id == person_id)).all():
        if original.withdrawn_at is None and kind_of(original).outlives_author(original):
            original.author_id, original.written_down_by = None, None
        else:
            empty_out(eraser, original, now=now)
    db.session.flush()
    _run(sa.update(Translation).where(Translation.translator_id == person_id).values(translator_id=None))
    _run(sa.delete(TranslationOffer).where(TranslationOffer.person_id == person_id))


def _run(statement: sa.Update | sa.Delete) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
