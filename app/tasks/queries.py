"""Reading tasks. Their audience is what is inside their group: who is not inside finds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.notices import Notice
from app.core.paging import PAGE_SIZE, Page, fetch_page
from app.core.types import UTCDateTime
from app.extensions import db
from app.moments.models import Moment
from app.outcomes.models import Outcome, OutcomeKind, OutcomeState
from app.outcomes.policy import can_read
from app.outcomes.queries import list_outcomes
from app.tasks.models import TO_DO, Task, TaskState
from app.tasks.telling import ASSIGNED
from app.workinggroups.keys import CONTRIBUTORS, COORDINATORS, groups_named_in
from app.workinggroups.models import GroupMembership, GroupState, WorkingGroup
from app.workinggroups.policy import is_inside
from app.workinggroups.queries import is_known

NO_DATE = datetime(9999, 1, 1, tzinfo=UTC)
"""Where a task without a date stands among the others: last."""

MINE_SHOWN = 30
"""So many of a reader's own tasks stand above the list of a group."""


def get_task(group: WorkingGroup, task_id: UUID) -> Task:
    """Return a task of a group the actor is inside of; raises `NotFound`, also for one that was removed."""
    task = db.session.scalar(
        sa.select(Task).where(Task.id == task_id, Task.group_id == group.id, Task.removed_at.is_(None))
    )
    if task is None:
        raise NotFound
    return task


def keys_of_giving(task: Task, reader_id: UUID) -> set[str]:
    """Return the keys of the notices by which somebody was told that a task is given to whoever has it."""
    given = sa.select(Notice.key, Notice.parameters).where(
        Notice.person_id == reader_id, Notice.kind == ASSIGNED, Notice.key.startswith(f"{ASSIGNED}:{task.id}:")
    )
    return {key for key, parameters in db.session.execute(given) if parameters["about"] == str(task.owner_id)}


def _due() -> sa.ColumnElement[datetime]:
    return sa.func.coalesce(Moment.until, sa.literal(NO_DATE, UTCDateTime()))


def _standing() -> sa.Select[Task]:
    return (
        sa.select(Task)
        .outerjoin(Moment, Moment.id == Task.moment_id)
        .options(contains_eager(Task.moment))
        .where(Task.removed_at.is_(None))
    )


def _of(group: WorkingGroup, *states: TaskState) -> sa.Select[Task]:
    statement = _standing().where(Task.group_id == group.id)
    return statement.where(Task.state.in_(states)) if states else statement


def list_mine(actor: Actor, group: WorkingGroup, limit: int = MINE_SHOWN) -> list[Task]:
    """Return what the actor has to do in a group, what is due first first."""
    mine = _of(group, *TO_DO).where(Task.owner_id == actor.person_id)
    return list(db.session.scalars(mine.order_by(_due(), Task.id).limit(limit)))


def list_closed(group: WorkingGroup, limit: int) -> list[Task]:
    """Return what was done or dropped last."""
    closed = _of(group, TaskState.DONE, TaskState.DROPPED)
    return list(db.session.scalars(closed.order_by(Task.closed_at.desc(), Task.id).limit(limit)))


def list_all(group: WorkingGroup) -> list[Task]:
    """Return every task of a group, in the order of the list."""
    return list(db.session.scalars(_of(group).order_by(_due(), Task.id)))


def page_of_tasks(
    group: WorkingGroup,
    *,
    states: Sequence[TaskState],
    whose: sa.ColumnElement[bool] | None = None,
    cursor: str = "",
    size: int = PAGE_SIZE,
) -> Page[Task]:
    """Return one page of a group's tasks in some states, what is due first first, then what has no date."""
    statement = _of(group, *states)
    if whose is not None:
        statement = statement.where(whose)
    return fetch_page(statement, key=_due(), row_id=Task.id, cursor=cursor, size=size)


def of_person(person_id: UUID | None) -> sa.ColumnElement[bool]:
    """The filter for the tasks of one person; None: of nobody."""
    return Task.owner_id.is_(None) if person_id is None else Task.owner_id == person_id


def not_of(person_id: UUID | None) -> sa.ColumnElement[bool]:
    """The filter for the tasks of everybody else, and of nobody."""
    return sa.or_(Task.owner_id.is_(None), Task.owner_id != person_id)


def count_by_state(group: WorkingGroup) -> dict[TaskState, int]:
    """Return how many tasks of a group are in each state."""
    rows = db.session.execute(
        sa.select(Task.state, sa.func.count())
        .where(Task.group_id == group.id, Task.removed_at.is_(None))
        .group_by(Task.state)
    )
    return dict.fromkeys(TaskState, 0) | {state: int(count) for state, count in rows}


def count_mine(actor: Actor, group: WorkingGroup) -> int:
    """Return how many tasks the actor would give back by leaving a group."""
    mine = sa.select(sa.func.count()).where(
        Task.group_id == group.id, Task.removed_at.is_(None), Task.state.in_(TO_DO), of_person(actor.person_id)
    )
    return db.session.scalar(mine) or 0


@dataclass(frozen=True, slots=True)
class FromTracks:
    """What the sessions of a group's tracks agreed on and left open, as far as the actor reads it: what the group may
    take up, and how much of it the group has already. `is_hidden`: there are tracks whose outcomes the actor does not
    read."""

    outcomes: list[Outcome]
    taken: int
    is_hidden: bool


def from_tracks(actor: Actor, group: WorkingGroup) -> FromTracks:
    """Return the open commitments and actions of the tracks that a group grew out of."""
    open_ones = [
        outcome
        for track in group.origins
        for outcome in list_outcomes(actor, track, state=OutcomeState.OPEN)
        if outcome.kind is not OutcomeKind.PRIORITY
    ]
    taken = taken_up(group, [outcome.id for outcome in open_ones])
    return FromTracks(
        outcomes=[outcome for outcome in open_ones if outcome.id not in taken],
        taken=len(taken),
        is_hidden=not all(can_read(actor, track) for track in group.origins),
    )


def taken_up(group: WorkingGroup, outcome_ids: Sequence[UUID]) -> set[UUID]:
    """Return which of these outcomes a group has among its tasks."""
    wanted = sa.select(Task.outcome_id).where(
        Task.group_id == group.id, Task.outcome_id.in_(outcome_ids), Task.removed_at.is_(None)
    )
    return {outcome_id for outcome_id in db.session.scalars(wanted) if outcome_id is not None}


def list_taking_up(actor: Actor, outcome_ids: Sequence[UUID]) -> list[tuple[Task, WorkingGroup]]:
    """Return the tasks that came out of these outcomes, with their groups, as far as the actor knows of the groups."""
    wanted = (
        sa.select(Task, WorkingGroup)
        .join(WorkingGroup, WorkingGroup.id == Task.group_id)
        .where(Task.outcome_id.in_(outcome_ids), Task.removed_at.is_(None), is_known(actor))
        .order_by(Task.noted_at, Task.id)
    )
    return [(task, group) for task, group in db.session.execute(wanted)]


@dataclass(frozen=True, slots=True)
class ToDo:
    """What the overview needs of one task that is to be done; `left_by` had it and is not in the group any more."""

    group_id: UUID
    slug: str
    owner_id: UUID | None
    left_by: UUID | None
    until: datetime | None


def list_to_do(actor: Actor) -> list[ToDo]:
    """Return the actor's own tasks in their groups, and all tasks of the groups they run, in one query."""
    running, inside = groups_named_in(actor, COORDINATORS), groups_named_in(actor, CONTRIBUTORS)
    if not inside:
        return []
    still_inside = sa.exists().where(
        GroupMembership.group_id == Task.group_id,
        GroupMembership.person_id == Task.given_back_by,
        GroupMembership.left_at.is_(None),
    )
    left_by = sa.case((still_inside, None), else_=Task.given_back_by)
    wanted = (
        sa.select(Task.group_id, WorkingGroup.slug, Task.owner_id, left_by, Moment.until)
        .join(WorkingGroup, WorkingGroup.id == Task.group_id)
        .outerjoin(Moment, Moment.id == Task.moment_id)
        .where(
            Task.state.in_(TO_DO),
            Task.removed_at.is_(None),
            WorkingGroup.state != GroupState.CLOSED,
            sa.or_(Task.group_id.in_(running), sa.and_(Task.group_id.in_(inside), Task.owner_id == actor.person_id)),
        )
        .order_by(WorkingGroup.slug, Task.id)
    )
    return [ToDo(*row) for row in db.session.execute(wanted)]


def list_readable(actor: Actor, task_ids: Sequence[UUID]) -> list[tuple[Task, str]]:
    """Return those of many tasks that the actor reads, with the addresses of their groups."""
    wanted: Any = (
        sa.select(Task, WorkingGroup)
        .join(WorkingGroup, WorkingGroup.id == Task.group_id)
        .where(Task.id.in_(task_ids), Task.removed_at.is_(None))
    )
    return [(task, group.slug) for task, group in db.session.execute(wanted).unique() if is_inside(actor, group)]
