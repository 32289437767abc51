"""What can be found of outcomes: what was agreed, by the people of the track. Who does it and with whom are names of
people as often as not, and nobody is found by name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import searching
from app.core.searching import Document, Searchable
from app.extensions import db
from app.outcomes import events
from app.outcomes.models import Outcome
from app.sessions.keys import track_key
from app.sessions.models import LearningSession


def documents(ids: list[UUID]) -> list[Document]:
    rows = db.session.execute(
        sa.select(Outcome.id, Outcome.words, Outcome.language, Outcome.noted_at, Outcome.session_id)
        .add_columns(LearningSession.track_id)
        .join(LearningSession, LearningSession.id == Outcome.session_id)
        .where(Outcome.id.in_(ids), Outcome.removed_at.is_(None))
    )
    return [
        Document(
            kind="outcome",
            object_id=row.id,
            language=row.language,
            audience=track_key(row.track_id),
            dated_at=row.noted_at,
            text=row.words,
            part_of=("session", row.session_id),
        )
        for row in rows
    ]


def _on_change(outcome: Outcome, **_more: Any) -> None:
    searching.changed("outcome", [outcome.id])


def register() -> None:
    searching.register(
        Searchable(
            kind="outcome",
            # I18N: kind of thing that a search finds, one: what a session agreed on
            one=_l("Outcome"),
            many=_l("Outcomes"),
            documents=documents,
            list_ids=searching.pages_of(Outcome.id),
            order=36,
            is_named=False,
        )
    )
    for event in (events.outcome_noted, events.outcome_changed, events.outcome_removed):
        event.connect(_on_change)
