"""What sessions agreed on becomes work of a group: commitments and actions are taken up as tasks, once per group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.moments.models import Certainty
from app.moments.timing import Timing
from app.outcomes.models import Outcome
from app.tasks.models import Task
from app.tasks.services.dates import set_date
from app.tasks.services.noting import announce_noted, new_task
from app.workinggroups.models import WorkingGroup


class NothingToTakeUp(RuleBroken):
    """Nothing was chosen, or others have taken all of it up already."""


def take_up(actor: Actor, group: WorkingGroup, outcomes: Sequence[Outcome], *, now: datetime) -> list[Task]:
    """Make a task of each outcome: its words, language, organisation and date; nobody has it yet. What the group has
    already stays one task, also when two take it up at once. The outcomes are those that the actor reads.

    Raises `NothingToTakeUp`.
    """
    require(actor, "tasks.note", group)
    if not outcomes:
        raise NothingToTakeUp(_l("Tick at least one line, then take it up."), field="outcomes")
    taken = [task for outcome in outcomes if (task := _take_up(actor, group, outcome, now)) is not None]
    if not taken:
        raise NothingToTakeUp(
            _l("The group has all of these already: somebody took them up meanwhile. You find them among its tasks."),
            field="outcomes",
        )
    for task in taken:
        announce_noted(actor, task, now)
    return taken


def _take_up(actor: Actor, group: WorkingGroup, outcome: Outcome, now: datetime) -> Task | None:
    task = new_task(actor, group, now)
    task.words, task.language, task.organisation_id = outcome.words, outcome.language, outcome.organisation_id
    task.outcome = outcome
    try:
        with db.session.begin_nested():
            db.session.add(task)
    except IntegrityError:
        return None
    if outcome.moment is not None:
        is_around = outcome.moment.certainty is Certainty.ESTIMATED
        set_date(actor, task, Timing.of(outcome.moment), is_around=is_around, now=now)
        db.session.flush()
    return task
