"""A task is noted, and written anew: words, owner, organisation, date."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.errors import NotFound, RuleBroken
from app.core.languages import check_tag
from app.core.permissions import require
from app.extensions import db
from app.moments.timing import Timing
from app.outcomes.words import check_words
from app.people.queries import get_visible_organisation
from app.tasks import events, telling
from app.tasks.models import TASK, Task, TaskState
from app.tasks.services.dates import set_date
from app.tasks.words import LONGEST_WORDS, MISSING
from app.workinggroups.keys import contributors_key, holders_of_contributors
from app.workinggroups.models import WorkingGroup


class TaskChangedMeanwhile(RuleBroken):
    """Somebody else changed or removed this task; nothing was overwritten."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be done, in whose hands, for which organisation, by when; `is_around`: the day is about right."""

    words: str
    language: str
    owner_id: UUID | None = None
    organisation_id: UUID | None = None
    by: Timing | None = None
    is_around: bool = False


def digest_of(task: Task) -> str:
    """Return a hash of all that a task's form is filled from: two editors find out by it about each other."""
    moment = task.moment
    due = [moment.precision, str(moment.wall_start), str(moment.wall_end), moment.certainty] if moment else []
    said = [task.words, task.language, str(task.owner_id), str(task.organisation_id), *due]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def note_task(actor: Actor, group: WorkingGroup, planned: Planned, *, now: datetime) -> Task:
    """Write down what a group has taken on. Raises `RuleBroken` at `words`, `language`, `owner` and `organisation`, and
    the errors of `timing.resolve`."""
    require(actor, "tasks.note", group)
    task = new_task(actor, group, now)
    _set_said(actor, task, planned, now)
    db.session.add(task)
    db.session.flush()
    set_date(actor, task, planned.by, is_around=planned.is_around, now=now)
    db.session.flush()
    announce_noted(actor, task, now)
    return task


def new_task(actor: Actor, group: WorkingGroup, now: datetime) -> Task:
    """Return an open task without words, not yet in the database."""
    task = Task(id=uuid4(), group_id=group.id, state=TaskState.OPEN, noted_by=actor.person_id, noted_at=now)
    task.group, task.given_back_words = group, ""
    return task


def announce_noted(actor: Actor, task: Task, now: datetime) -> None:
    record(actor, "noted", task, now)
    events.task_noted.send(task, actor=actor, now=now)
    telling.tell_assigned(actor, task, now=now)


def change_task(actor: Actor, task: Task, planned: Planned, *, filled_from: str, now: datetime) -> Task:
    """Write a task anew. `filled_from` is `digest_of` what the writer was looking at.

    Raises `TaskChangedMeanwhile`, else as `note_task`. The same words again change nothing.
    """
    require(actor, "tasks.change", task)
    hold(task)
    require(actor, "tasks.change", task)  # held: somebody may have taken it since it was read
    before, owner_before = digest_of(task), task.owner_id
    if filled_from not in ("", before):
        raise TaskChangedMeanwhile(
            _l(
                "Somebody changed this since you opened this page. Compare what is there now with what you wrote, "
                "then save."
            )
        )
    _set_said(actor, task, planned, now)
    set_date(actor, task, planned.by, is_around=planned.is_around, now=now)
    db.session.flush()
    if digest_of(task) != before:
        record(actor, "changed", task, now)
        events.task_changed.send(task, actor=actor, now=now)
    if task.owner_id != owner_before:
        telling.tell_assigned(actor, task, now=now)
    return task


def hold(task: Task) -> None:
    """Lock the row and read it anew; raises `TaskChangedMeanwhile` when it was removed."""
    db.session.refresh(task, with_for_update={"of": Task})
    if task.moment is not None:
        db.session.refresh(task.moment)
    if task.removed_at is not None:
        raise TaskChangedMeanwhile(_l("Somebody removed this since you opened this page. Note it anew if it stands."))


def record(actor: Actor, act: str, task: Task, now: datetime, **facts: str) -> None:
    audit.record(actor, f"tasks.task.{act}", TASK, task.id, {"group": str(task.group_id)} | facts, now=now)


def give_to(actor: Actor, task: Task, owner_id: UUID | None) -> None:
    """Let a task be somebody's, or nobody's; who gave it is kept, and what the last owner said is over."""
    task.owner_id = owner_id
    task.assigned_by = actor.person_id if owner_id not in (None, actor.person_id) else None
    if owner_id is not None:
        task.given_back_by, task.given_back_at, task.given_back_words = None, None, ""


def _set_said(actor: Actor, task: Task, planned: Planned, now: datetime) -> None:
    task.words = check_words(planned.words, field="words", longest=LONGEST_WORDS, missing=MISSING)
    task.language = check_tag(planned.language)
    task.organisation_id = _organisation(actor, task, planned.organisation_id)
    if planned.owner_id != task.owner_id:
        give_to(actor, task, _owner(task, planned.owner_id, now))


def _owner(task: Task, owner_id: UUID | None, now: datetime) -> UUID | None:
    if owner_id is not None and owner_id not in holders_of_contributors(contributors_key(task.group_id), now):
        raise RuleBroken(
            _l("A task is done by somebody who takes part in this group. Choose from the list, or nobody yet."),
            field="owner",
        )
    return owner_id


def _organisation(actor: Actor, task: Task, organisation_id: UUID | None) -> UUID | None:
    if organisation_id in (None, task.organisation_id):
        return organisation_id
    try:
        return get_visible_organisation(actor, organisation_id).id
    except NotFound:
        raise RuleBroken(
            _l("Choose the organisation from the list, or leave it empty."), field="organisation"
        ) from None
