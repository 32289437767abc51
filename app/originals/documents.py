"""What can be found of originals: the words of the newest version, and each translation, in its own language.

Nothing that is withdrawn, withheld or erased. Nobody is found by name, neither by the own one nor by another: a search
is for what people say, and whoever signs with another name is not to be found out by it. Each kind registers itself in
`core.searching` and makes its documents with `documents_of`; that translations come and go is said here for all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import searching
from app.core.searching import Document
from app.extensions import db
from app.originals import events
from app.originals.models import Original, OriginalVersion, Translation


def documents_of(kind: str, part_of: Mapping[UUID, tuple[str, UUID] | None]) -> list[Document]:
    """Return the documents of many texts of one kind, given with what each is part of. The original first, then its
    translations; a text without written words, as a voice may be, has only these."""
    wanted = sa.select(Original.id, Original.audience, Original.author_id, Original.written_at).where(
        Original.id.in_(part_of),
        Original.withdrawn_at.is_(None),
        Original.withheld_at.is_(None),
        Original.erased_at.is_(None),
    )
    words = _words(list(part_of))
    return [
        Document(
            kind=kind,
            object_id=row.id,
            language=language,
            audience=row.audience,
            author_id=row.author_id,
            dated_at=row.written_at,
            text=body,
            part_of=part_of[row.id],
        )
        for row in db.session.execute(wanted)
        for language, body in words.get(row.id, {}).items()
    ]


def _words(ids: list[UUID]) -> dict[UUID, dict[str, str]]:
    """What many texts say, by language, the original first."""
    newest = sa.and_(OriginalVersion.original_id == Original.id, OriginalVersion.number == Original.version)
    originals = sa.select(Original.id, Original.language, OriginalVersion.body).join(OriginalVersion, newest)
    found: dict[UUID, dict[str, str]] = {}
    for original_id, language, body in db.session.execute(originals.where(Original.id.in_(ids))):
        found[original_id] = {language: body} if body else {}
    translations = sa.select(Translation.original_id, Translation.language, Translation.body).order_by(
        Translation.language
    )
    for original_id, language, body in db.session.execute(translations.where(Translation.original_id.in_(ids))):
        found.setdefault(original_id, {}).setdefault(language, body)
    return found


def _on_change(original: Original, **_more: Any) -> None:
    searching.changed(original.kind, [original.id])


def follow() -> None:
    for event in (events.translation_written, events.translation_removed):
        event.connect(_on_change)
