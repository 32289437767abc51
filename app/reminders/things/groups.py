"""What groups set themselves: tasks, and the days on which decisions are looked at again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

import sqlalchemy as sa

from app.core.registries import audience_holders
from app.decisions.models import Decision
from app.extensions import db
from app.moments.models import Moment
from app.people.keys import mandate_key
from app.reminders.kinds import Kind, Whom
from app.reminders.things.shape import Thing
from app.tasks.models import Task
from app.workinggroups.keys import contributors_key, coordinators_key, group_key
from app.workinggroups.models import GroupState


def read_tasks(moments: Collection[Moment]) -> Iterator[Thing]:
    """Yield tasks by their moments; what is done, dropped or removed is quiet, and all of a closed group."""
    by_subject = {moment.subject_id: moment for moment in moments if moment.subject_kind == "task"}
    if not by_subject:
        return
    wanted = sa.select(Task).where(Task.id.in_(by_subject)).options(sa.orm.joinedload(Task.group))
    for task in db.session.scalars(wanted).unique():
        yield Thing(
            moment=by_subject[task.id],
            kind=Kind.TASK,
            scope_id=task.group_id,
            row=task,
            people=partial(_of_task, task),
            is_quiet=not task.is_to_do or task.removed_at is not None or task.group.state is GroupState.CLOSED,
        )


def _of_task(task: Task, to_whom: Collection[Whom], now: datetime) -> set[UUID]:
    """Whoever has it; of a task that nobody has, whoever runs the group. Whoever speaks for its organisation."""
    found: set[UUID] = set()
    if Whom.RESPONSIBLE in to_whom and task.owner_id is not None:
        found |= {task.owner_id} & audience_holders(contributors_key(task.group_id), now)
    if Whom.ORGANISATION in to_whom and task.organisation_id is not None:
        found |= audience_holders(mandate_key(task.organisation_id), now)
    if Whom.COORDINATORS in to_whom or (task.owner_id is None and Whom.RESPONSIBLE in to_whom):
        found |= audience_holders(coordinators_key(task.group_id), now)
    return found


def read_reviews(moments: Collection[Moment]) -> Iterator[Thing]:
    """Yield the days of review among moments of decisions; their windows remind by themselves."""
    by_id = {moment.id: moment for moment in moments if moment.subject_kind == "decision"}
    if not by_id:
        return
    for decision in db.session.scalars(sa.select(Decision).where(Decision.review_id.in_(by_id))).unique():
        assert decision.review_id is not None  # noqa: S101 - asked for
        yield Thing(
            moment=by_id[decision.review_id],
            kind=Kind.REVIEW,
            scope_id=decision.group_id,
            row=decision,
            people=partial(_of_decision, decision.group_id),
            is_quiet=decision.group.state is GroupState.CLOSED,
        )


def _of_decision(group_id: UUID, to_whom: Collection[Whom], now: datetime) -> set[UUID]:
    """Whoever runs the group, or everybody inside."""
    key = group_key if Whom.GROUP in to_whom else coordinators_key
    return audience_holders(key(group_id), now)
