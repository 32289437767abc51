"""What can be found of decisions: the title and the current words of the proposal, by those inside the group."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import searching
from app.core.searching import Document, Searchable
from app.decisions.models import Decision
from app.decisions.texts import body_of
from app.extensions import db
from app.workinggroups.keys import group_key


def documents(ids: list[UUID]) -> list[Document]:
    rows = db.session.scalars(sa.select(Decision).where(Decision.id.in_(ids)))
    return [
        Document(
            kind="decision",
            object_id=row.id,
            language=row.proposal.language,
            audience=group_key(row.group_id),
            dated_at=row.created_at,
            title=row.title,
            text=body_of(row, row.version),
            part_of=("group", row.group_id),
        )
        for row in rows
    ]


def register() -> None:
    searching.register(
        Searchable(
            kind="decision",
            # I18N: kind of thing that a search finds, one: a decision that a working group takes
            one=_l("Decision"),
            many=_l("Decisions"),
            documents=documents,
            list_ids=searching.pages_of(Decision.id),
            order=46,
        )
    )
