"""What can be found of reflections: the words of the newest version, and each translation, in its own language.

Nothing that is withdrawn, withheld or erased. Nobody is found by name, neither by the own one nor by another: a search
is for what people say, and whoever signs with another name is not to be found out by it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import searching
from app.core.searching import Document, Searchable
from app.extensions import db
from app.reflections import events
from app.reflections.models import Reflection, ReflectionVersion, Translation


def documents(ids: list[UUID]) -> list[Document]:
    """The original first, then its translations. A voice without written words has only these."""
    wanted = sa.select(
        Reflection.id, Reflection.audience, Reflection.author_id, Reflection.track_id, Reflection.written_at
    ).where(
        Reflection.id.in_(ids),
        Reflection.withdrawn_at.is_(None),
        Reflection.withheld_at.is_(None),
        Reflection.erased_at.is_(None),
    )
    words = _words(ids)
    return [
        Document(
            kind="reflection",
            object_id=row.id,
            language=language,
            audience=row.audience,
            author_id=row.author_id,
            dated_at=row.written_at,
            text=body,
            part_of=("track", row.track_id),
        )
        for row in db.session.execute(wanted)
        for language, body in words.get(row.id, {}).items()
    ]


def _words(ids: list[UUID]) -> dict[UUID, dict[str, str]]:
    """What many reflections say, by language, the original first."""
    newest = sa.and_(ReflectionVersion.reflection_id == Reflection.id, ReflectionVersion.number == Reflection.version)
    originals = sa.select(Reflection.id, Reflection.language, ReflectionVersion.body).join(ReflectionVersion, newest)
    found: dict[UUID, dict[str, str]] = {}
    for reflection_id, language, body in db.session.execute(originals.where(Reflection.id.in_(ids))):
        found[reflection_id] = {language: body} if body else {}
    translations = sa.select(Translation.reflection_id, Translation.language, Translation.body).order_by(
        Translation.language
    )
    for reflection_id, language, body in db.session.execute(translations.where(Translation.reflection_id.in_(ids))):
        found.setdefault(reflection_id, {}).setdefault(language, body)
    return found


def _on_change(reflection: Reflection, **_more: Any) -> None:
    searching.changed("reflection", [reflection.id])


def _on_readers_changed(reflection: Reflection, **_more: Any) -> None:
    """Answers are never read by more people than what they answer: they may have followed."""
    answers = sa.select(Reflection.id).where(Reflection.answers_id == reflection.id)
    searching.changed("reflection", [reflection.id, *db.session.scalars(answers)])


def register() -> None:
    searching.register(
        Searchable(
            kind="reflection",
            one=_l("Reflection"),
            many=_l("Reflections"),
            documents=documents,
            list_ids=searching.pages_of(Reflection.id),
            order=30,
            is_voice=True,
        )
    )
    for event in (
        events.reflection_written,
        events.reflection_edited,
        events.reflection_withdrawn,
        events.reflection_brought_back,
        events.reflection_erased,
        events.reflection_withheld,
        events.reflection_released,
        events.translation_written,
        events.translation_removed,
    ):
        event.connect(_on_change)
    events.reflection_readers_changed.connect(_on_readers_changed)
