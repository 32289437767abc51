"""The dates of a group, whatever they are dates of: everything whose time is meant for those inside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.extensions import db
from app.moments.models import Moment, Status
from app.workinggroups.keys import GROUP, group_key
from app.workinggroups.models import WorkingGroup

Clause = Callable[[WorkingGroup], sa.ColumnElement[bool]]

_also: dict[str, Clause] = {}


def also_dated(package: str, clause: Clause) -> None:
    """Let a package above add moments to the plan of a group's year which are not meant for its people alone: the
    clause says which. They do not stand among the next dates of the group, where its own work comes first."""
    _also[package] = clause


def is_of_group(group: WorkingGroup, *, also: bool = True) -> sa.ColumnElement[bool]:
    """Say which moments are those of a group: what is meant for its people, and, with `also`, what packages above add
    to its year (the dates of the spaces it follows)."""
    return sa.or_(
        *(clause(group) for clause in _also.values() if also),
        Moment.audience == group_key(group.id),
        sa.and_(Moment.subject_kind == GROUP, Moment.subject_id == group.id),
    )


def _dates(actor: Actor, group: WorkingGroup, *, also: bool = False) -> sa.Select[Moment]:
    return sa.select(Moment).where(is_of_group(group, also=also), visible_to(actor, Moment.audience))


def list_dates(actor: Actor, group: WorkingGroup, first: datetime, last: datetime) -> Sequence[Moment]:
    """Return the moments of a group that lie between two instants or reach into that time, in their order."""
    there = _dates(actor, group, also=True).where(Moment.starts_at < last, Moment.until >= first)
    return db.session.scalars(there.order_by(Moment.starts_at, Moment.id)).all()


def list_coming_dates(actor: Actor, group: WorkingGroup, *, now: datetime, limit: int) -> Sequence[Moment]:
    """Return the moments of a group that are not over and not called off, in their order."""
    ahead = _dates(actor, group).where(Moment.until >= now, Moment.status != Status.CANCELLED)
    return db.session.scalars(ahead.order_by(Moment.starts_at, Moment.id).limit(limit)).all()


def span_of_dates(actor: Actor, group: WorkingGroup) -> tuple[datetime, datetime] | None:
    """Return the first and the last instant of all dates of a group; None where it has none."""
    of_group = _dates(actor, group).subquery()
    first, last = db.session.execute(sa.select(sa.func.min(of_group.c.starts_at), sa.func.max(of_group.c.until))).one()
    return (first, last) if first is not None else None
