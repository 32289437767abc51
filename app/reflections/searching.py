"""What can be found of reflections: their words, as parts of their track, kept up to date."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import searching
from app.core.searching import Document, Searchable
from app.extensions import db
from app.originals.documents import documents_of
from app.reflections import events
from app.reflections.models import Reflection


def documents(ids: list[UUID]) -> list[Document]:
    """The words of reflections as those of any original, each as a part of its track."""
    tracks = sa.select(Reflection.id, Reflection.track_id).where(Reflection.id.in_(ids))
    return documents_of("reflection", {row.id: ("track", row.track_id) for row in db.session.execute(tracks)})


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
    ):
        event.connect(_on_change)
    events.reflection_readers_changed.connect(_on_readers_changed)
