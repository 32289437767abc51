"""What can be found of tasks: their words, by the people of the group. Whose they are is no word to be found."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import searching
from app.core.searching import Document, Searchable
from app.extensions import db
from app.tasks import events
from app.tasks.models import TASK, Task
from app.workinggroups.keys import GROUP, group_key


def documents(ids: list[UUID]) -> list[Document]:
    rows = db.session.execute(
        sa.select(Task.id, Task.words, Task.language, Task.noted_at, Task.group_id).where(
            Task.id.in_(ids), Task.removed_at.is_(None)
        )
    )
    return [
        Document(
            kind=TASK,
            object_id=row.id,
            language=row.language,
            audience=group_key(row.group_id),
            dated_at=row.noted_at,
            text=row.words,
            part_of=(GROUP, row.group_id),
        )
        for row in rows
    ]


def _on_change(task: Task, **_more: Any) -> None:
    searching.changed(TASK, [task.id])


def register() -> None:
    searching.register(
        Searchable(
            kind=TASK,
            # I18N: kind of thing that a search finds, one: what a working group has to do
            one=_l("Task"),
            many=_l("Tasks"),
            documents=documents,
            list_ids=searching.pages_of(Task.id),
            order=46,
            is_named=False,
        )
    )
    for event in (events.task_noted, events.task_changed, events.task_removed):
        event.connect(_on_change)
