"""What can be found of engagements: title and aim, by whoever reads them. Texts are found as texts of their group."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import searching
from app.core.searching import Document, Searchable
from app.engagements import events
from app.engagements.models import ENGAGEMENT, Engagement
from app.extensions import db


def documents(ids: list[UUID]) -> list[Document]:
    rows = db.session.execute(
        sa.select(
            Engagement.id,
            Engagement.title,
            Engagement.aim,
            Engagement.language,
            Engagement.audience,
            Engagement.changed_at,
            Engagement.space_id,
        ).where(Engagement.id.in_(ids))
    )
    return [
        Document(
            kind=ENGAGEMENT,
            object_id=row.id,
            language=row.language,
            audience=row.audience,
            dated_at=row.changed_at,
            title=row.title,
            text=row.aim,
            part_of=("space", row.space_id),
        )
        for row in rows
    ]


def _on_change(engagement: Engagement, **_more: Any) -> None:
    searching.changed(ENGAGEMENT, [engagement.id])


def register() -> None:
    searching.register(
        Searchable(
            kind=ENGAGEMENT,
            # I18N: kind of thing that a search finds, one: what a working group does towards an advocacy space
            one=_l("Engagement"),
            many=_l("Engagements"),
            documents=documents,
            list_ids=searching.pages_of(Engagement.id),
            order=49,
        )
    )
    for event in (events.engagement_planned, events.engagement_changed, events.engagement_state_changed):
        event.connect(_on_change)
