"""What can be found of groups: names and texts, by whoever knows that the group exists. Names tell by themselves when
they change, texts when they are written; here is told what else changes."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import searching
from app.core.names import spellings_of
from app.core.searching import Document, Searchable
from app.extensions import db
from app.workinggroups import events
from app.workinggroups.models import GroupText, WorkingGroup


def documents_of_groups(ids: list[UUID]) -> list[Document]:
    """One document per group and language; the newest are those founded last."""
    rows = db.session.execute(
        sa.select(WorkingGroup.id, WorkingGroup.audience, WorkingGroup.created_at).where(WorkingGroup.id.in_(ids))
    ).all()
    names, texts = spellings_of("group", ids), _texts(ids)
    return [
        Document(
            kind="group",
            object_id=row.id,
            audience=row.audience,
            dated_at=row.created_at,
            language=language,
            title="\n".join(names[row.id].get(language, [])),
            text="\n\n".join(texts[row.id].get(language, [])),
        )
        for row in rows
        for language in dict.fromkeys([*names[row.id], *texts[row.id]])
    ]


def _texts(ids: list[UUID]) -> dict[UUID, dict[str, list[str]]]:
    found: dict[UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    wanted = sa.select(GroupText.group_id, GroupText.language, GroupText.body).where(GroupText.group_id.in_(ids))
    for group_id, language, body in db.session.execute(wanted.order_by(GroupText.block, GroupText.language)):
        found[group_id][language].append(body)
    return found


def _on_group(group: WorkingGroup, **_more: Any) -> None:
    searching.changed("group", [group.id])


def register() -> None:
    searching.register(
        Searchable(
            kind="group",
            # I18N: kinds of things that a search finds, one and several
            one=_l("Working group"),
            many=_l("Working groups"),
            documents=documents_of_groups,
            list_ids=searching.pages_of(WorkingGroup.id),
            order=15,
        )
    )
    events.group_founded.connect(_on_group)
    events.group_changed.connect(_on_group)
