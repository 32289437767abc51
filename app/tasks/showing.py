"""From rows to what a page prints: tasks with who does them, for whom and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from app.core import registries
from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import fold
from app.core.markdown import to_html
from app.core.names import Name, names_of
from app.core.registries import Card
from app.moments.shown import day_of
from app.people.queries import names_shown
from app.tasks import queries
from app.tasks.addresses import task_path
from app.tasks.cards import glimpse
from app.tasks.models import Task, TaskState
from app.workinggroups.keys import contributors_key, holders_of_contributors
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import is_inside

TITLE = 100
"""Characters of a task's words that head its page."""


@dataclass(frozen=True, slots=True)
class TaskShown:
    """One task: `owner` is "" while nobody has it, `is_late` when it is still to be done and its date has passed."""

    task: Task
    href: str
    title: str
    owner: Any
    organisation: Name | None
    is_mine: bool
    is_late: bool

    @property
    def has_date(self) -> bool:
        return self.task.moment is not None and self.task.state is not TaskState.DROPPED


def tasks_shown(actor: Actor, group: WorkingGroup, tasks: Sequence[Task], now: datetime) -> list[TaskShown]:
    """Return tasks as a list prints them, with the names of all in one query each; whoever is inside a group reads who
    does what in it."""
    owners = _names(actor, {task.owner_id for task in tasks})
    wanted = {task.organisation_id for task in tasks if task.organisation_id}
    organisations = names_of("organisation", wanted, page_language())
    return [
        TaskShown(
            task=task,
            href=task_path(group.slug, task.id),
            title=glimpse(task.words),
            owner=owners.get(task.owner_id, "") if task.owner_id else "",
            organisation=organisations.get(task.organisation_id) if task.organisation_id else None,
            is_mine=task.owner_id is not None and task.owner_id == actor.person_id,
            is_late=task.is_to_do and task.moment is not None and task.moment.until < now,
        )
        for task in tasks
    ]


def _names(actor: Actor, person_ids: set[UUID | None]) -> dict[UUID, Any]:
    wanted = frozenset(person_id for person_id in person_ids if person_id is not None)
    return names_shown(actor, wanted, wanted) if wanted else {}


@dataclass(frozen=True, slots=True)
class TaskPage:
    """What the page of one task says beside its line. `given_back_by` had it last; `outcome` is what a session agreed
    on, where the reader may read it."""

    line: TaskShown
    title: str
    text: Markup | None
    noted_by: Any
    noted_on: str
    given_by: Any
    given_back_by: Any
    given_back_on: str
    outcome: Card | None


def task_page(actor: Actor, group: WorkingGroup, task: Task, now: datetime) -> TaskPage:
    """Return a task as its page prints it; `text` is None where the title says it all."""
    names = _names(actor, {task.noted_by, task.assigned_by, task.given_back_by})
    outcome = registries.cards([("outcome", task.outcome_id)], actor) if task.outcome_id else {}
    title = glimpse(task.words, TITLE)
    return TaskPage(
        line=tasks_shown(actor, group, [task], now)[0],
        title=title,
        text=None if title == task.words else to_html(task.words),
        noted_by=names.get(task.noted_by, "") if task.noted_by else "",
        noted_on=day_of(task.noted_at),
        given_by=names.get(task.assigned_by, "") if task.assigned_by else "",
        given_back_by=names.get(task.given_back_by, "") if task.given_back_by else "",
        given_back_on=day_of(task.given_back_at) if task.given_back_at else "",
        outcome=outcome.get(task.outcome_id) if task.outcome_id else None,
    )


def people_of(actor: Actor, group: WorkingGroup, task: Task | None, now: datetime) -> list[tuple[UUID, str]]:
    """Return who may do a task of a group, the reader first, then by name; and who has it, even if they left."""
    ids: set[UUID | None] = {*holders_of_contributors(contributors_key(group.id), now), task.owner_id if task else None}
    names = _names(actor, ids)
    ordered = sorted(names.items(), key=lambda pair: (pair[0] != actor.person_id, fold(str(pair[1])), str(pair[0])))
    return [(person_id, str(name)) for person_id, name in ordered]


def taking_up(actor: Actor, outcome_ids: list[UUID]) -> dict[UUID, list[Card]]:
    """Return which groups took outcomes up, as far as the actor knows of them: the way to the task for those inside, to
    the group for the others."""
    rows = queries.list_taking_up(actor, outcome_ids)
    names = names_of("group", {group.id for _task, group in rows}, page_language())
    found: dict[UUID, list[Card]] = {}
    for task, group in rows:
        path = (
            task_path(group.slug, task.id)
            if is_inside(actor, group)
            else url_for("workinggroups.show_group", slug=group.slug)
        )
        name = names[group.id]
        if task.outcome_id is not None:
            found.setdefault(task.outcome_id, []).append(Card(name.text, path, name.language, task.state.value))
    return found
