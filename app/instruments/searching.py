"""What can be found of instruments: the newest text in each language, as long as they are on offer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import searching
from app.core.searching import Document, Searchable
from app.extensions import db
from app.instruments import events
from app.instruments.models import INSTRUMENT, Instrument
from app.instruments.queries import newest_texts


def documents(ids: list[UUID]) -> list[Document]:
    offered = db.session.execute(
        sa.select(Instrument.id, Instrument.audience).where(Instrument.id.in_(ids), Instrument.withdrawn_at.is_(None))
    ).all()
    texts = newest_texts(row.id for row in offered)
    return [
        Document(
            kind=INSTRUMENT,
            object_id=row.id,
            language=text.language,
            audience=row.audience,
            dated_at=text.written_at,
            title=text.title,
            text="\n\n".join(part for part in (text.purpose, text.body) if part),
        )
        for row in offered
        for text in texts[row.id].values()
    ]


def _on_change(instrument: Instrument, **_more: Any) -> None:
    searching.changed(INSTRUMENT, [instrument.id])


def register() -> None:
    searching.register(
        Searchable(
            kind=INSTRUMENT,
            # I18N: kind of thing that a search finds, one: a statement that others may use as a template
            one=_l("Advocacy instrument"),
            many=_l("Advocacy instruments"),
            documents=documents,
            list_ids=searching.pages_of(Instrument.id),
            order=49,
        )
    )
    events.instrument_changed.connect(_on_change)
