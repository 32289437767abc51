"""What can be found of polls: the question in each of its languages, by those inside the group. Answers and reasons are
in no index."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import searching
from app.core.searching import Document, Searchable
from app.extensions import db
from app.polls.models import Poll
from app.workinggroups.keys import group_key


def documents(ids: list[UUID]) -> list[Document]:
    rows = db.session.scalars(sa.select(Poll).where(Poll.id.in_(ids)))
    return [
        Document(
            kind="poll",
            object_id=row.id,
            language=wording.language,
            audience=group_key(row.group_id),
            dated_at=row.started_at,
            title=wording.question,
            part_of=("group", row.group_id),
        )
        for row in rows
        for wording in row.wordings
    ]


def register() -> None:
    searching.register(
        Searchable(
            kind="poll",
            # I18N: kind of thing that a search finds, one: a question to the people of a working group, as advice
            one=_l("Poll"),
            many=_l("Polls"),
            documents=documents,
            list_ids=searching.pages_of(Poll.id),
            order=47,
        )
    )
