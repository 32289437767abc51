"""What can be found of recommendations: their words, their symbol and to whom they were said. Everybody finds them."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.advocacy.models import SPACE
from app.core import searching
from app.core.actors import PUBLIC
from app.core.searching import Document, Searchable
from app.people.labels import country_name
from app.recommendations import events
from app.recommendations.models import RECOMMENDATION, Recommendation
from app.recommendations.queries import list_by_ids


def documents(ids: list[UUID]) -> list[Document]:
    return [
        Document(
            kind=RECOMMENDATION,
            object_id=row.id,
            language=row.language,
            audience=PUBLIC,
            dated_at=datetime.combine(row.issued_on, time(), UTC),
            text="\n\n".join(
                part for part in (row.citation, row.symbol, row.addressee, country_name(row.country, "en")) if part
            ),
            part_of=(SPACE, row.space_id),
        )
        for row in list_by_ids(ids)
    ]


def _on_change(row: Recommendation, **_more: Any) -> None:
    searching.changed(RECOMMENDATION, [row.id])


def register() -> None:
    searching.register(
        Searchable(
            kind=RECOMMENDATION,
            # I18N: kind of thing that a search finds, one: what a body of the United Nations recommended to a State
            one=_l("Recommendation"),
            many=_l("Recommendations"),
            documents=documents,
            list_ids=searching.pages_of(Recommendation.id),
            order=48,
            is_named=False,
        )
    )
    events.recommendation_changed.connect(_on_change)
