"""What can be found of events: title, description and place, as long as they are shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import searching
from app.core.searching import Document, Searchable
from app.events import events
from app.events.models import EVENT, Event, EventState
from app.extensions import db


def documents(ids: list[UUID]) -> list[Document]:
    rows = db.session.scalars(sa.select(Event).where(Event.id.in_(ids), Event.state == EventState.PUBLISHED)).unique()
    return [
        Document(
            kind=EVENT,
            object_id=row.id,
            language=row.language,
            audience=row.moment.audience,
            dated_at=row.moment.starts_at,
            title=row.title,
            text="\n\n".join(part for part in (row.place, row.organiser, row.description) if part),
        )
        for row in rows
    ]


def _on_change(event: Event, **_more: Any) -> None:
    searching.changed(EVENT, [event.id])


def register() -> None:
    searching.register(
        Searchable(
            kind=EVENT,
            # I18N: kind of thing that a search finds, one: something that others organise
            one=_l("Event of others"),
            many=_l("Events of others"),
            documents=documents,
            list_ids=searching.pages_of(Event.id),
            order=48,
        )
    )
    events.event_changed.connect(_on_change)
