"""Where the tasks of a group live. Addresses are promises: mails keep them for years."""

from __future__ import annotations

from uuid import UUID


def tasks_path(slug: str) -> str:
    return f"/groups/{slug}/tasks"


def task_path(slug: str, task_id: UUID) -> str:
    return f"{tasks_path(slug)}/{task_id}"
