"""Rows of tasks for tests."""

from __future__ import annotations

from typing import Any

from app.core.actors import job
from app.extensions import db
from app.moments.models import Certainty, Status
from app.moments.services import create_moment
from app.moments.timing import Timing
from app.people.models import Person
from app.tasks.models import Task, TaskState
from app.workinggroups.keys import group_key
from app.workinggroups.models import WorkingGroup
from tests.conftest import START


def make_task(
    group: WorkingGroup, words: str = "Measure the heat", *, owner: Person | None = None, **overrides: Any
) -> Task:
    """A task to do that nobody has, unless `owner` is said; `by` is a timing."""
    by: Timing | None = overrides.pop("by", None)
    values = {
        "group_id": group.id,
        "owner_id": owner.id if owner else None,
        "state": TaskState.OPEN,
        "language": "en",
        "given_back_words": "",
        "noted_at": START,
        "removed_at": None,
    } | overrides
    task = Task(words=words, **values)
    db.session.add(task)
    db.session.flush()
    if by is not None:
        task.moment = create_moment(
            job("test"),
            subject_kind="task",
            subject_id=task.id,
            audience=group_key(group.id),
            timing=by,
            status=Status.CONFIRMED,
            certainty=Certainty.VERIFIED,
            now=START,
        )
        db.session.flush()
    return task
