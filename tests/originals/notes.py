"""A second kind of original, as small as a kind can be: notes that members leave on a board. For tests alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, render_template_string, request, url_for

from app.core import clock
from app.core.actors import NETWORK, Actor
from app.core.searching import Document
from app.core.web import current_actor, public
from app.extensions import db
from app.originals import kinds, queries, services, showing
from app.originals.documents import documents_of
from app.originals.kinds import OriginalKind
from app.originals.models import Original, Translation
from app.originals.pages import mount

board = Blueprint("notes", __name__)
mount(board, "note", "/boards/<board>/notes")

told: list[Translation] = []
erased: list[UUID] = []


class Note(Original):
    """A note is nothing but an original; a kind that is more has a table of its own."""

    __mapper_args__ = {"polymorphic_identity": "note"}  # noqa: RUF012 - how SQLAlchemy reads it


PAGE = """{% extends 'core/layout.html' %}
{% from 'core/rooms.html' import page_head with context %}
{% from 'originals/parts.html' import original_beside, translations_room with context %}
{% block title %}A note{% endblock %}
{% block content %}{% call page_head('A note') %}{% endcall %}
<section class="room" aria-label="Note"><div class="room-body">{{ original_beside(reading) }}</div></section>
{{ translations_room(reading, 'Nobody has translated this note.', 'Translate this note') }}{% endblock %}"""


@board.get("/boards/<board>/notes/<uuid:note_id>")
@public
def show(board: str, note_id: UUID) -> str:
    actor = current_actor()
    note = queries.get_visible_original(actor, note_id, Note)
    return render_template_string(PAGE, reading=showing.reading_of(actor, note, request.args.get("with"), clock.now()))


def write_note(actor: Actor, *, body: str, language: str, now: datetime, audience: str = NETWORK) -> Note:
    note = services.begin(actor, Note(), body=body, language=language, audience=audience, now=now)
    db.session.add(note)
    db.session.flush()
    return note


def page_of(note: Note, beside: str | None = None) -> str:
    values: dict[str, Any] = {"with": beside}
    return url_for("notes.show", board="main", note_id=note.id, **values)


def init_app(app: Flask) -> None:
    """All that a kind has to say."""
    app.register_blueprint(board)
    kinds.register(
        OriginalKind(
            code="note",
            model=Note,
            blueprint="notes",
            page=page_of,
            place=lambda _note: {"board": "main"},
            on_translated=lambda _actor, translation, _now: told.append(translation),
            on_erased=lambda _actor, note, _now: erased.append(note.id),
        )
    )


def documents(ids: list[UUID]) -> list[Document]:
    return documents_of("note", dict.fromkeys(ids))
