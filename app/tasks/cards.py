"""What other packages print of a task they do not know: its first words, where it stands, its state."""

from __future__ import annotations

from uuid import UUID

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.core.registries import Card
from app.tasks.addresses import task_path
from app.tasks.queries import list_readable

GLIMPSE = 120


def glimpse(words: str, longest: int = GLIMPSE) -> str:
    """Return the beginning of a task's words, on one line, cut after a word."""
    line = " ".join(words.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"


def describe_tasks(ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Tasks of groups the actor is inside of; state `open`, `under_way`, `done` or `dropped`."""
    rows = list_readable(actor, ids)
    groups = names_of("group", {task.group_id for task, _slug in rows}, page_language())
    return {
        task.id: Card(
            glimpse(task.words), task_path(slug, task.id), task.language, task.state.value, groups[task.group_id].text
        )
        for task, slug in rows
    }
