"""What is planned and not due yet, and what was let go, for the log of mails."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.actors import Actor
from app.core.audiences import visible_to
from app.extensions import db
from app.mailings.planned import Planned as Line
from app.moments.models import Moment
from app.reminders.models import PlannedReminder
from app.reminders.topics import DATES, NEAR, OWN

TOPICS = {"session": NEAR, "meeting": NEAR, "event": NEAR, "intake": NEAR, "task": OWN, "outcome": OWN, "decision": OWN}
"""Topics by the kinds of moments; all else is a date of a body."""


def planned(actor: Actor, now: datetime, limit: int, topic: str) -> list[Line]:
    """Return the reminders that are due next, of dates that the reader may see, soonest first."""
    wanted = (
        sa.select(PlannedReminder.due_at, Moment.subject_kind, Moment.subject_id)
        .join(Moment, Moment.id == PlannedReminder.moment_id)
        .where(PlannedReminder.done_at.is_(None), PlannedReminder.due_at > now, visible_to(actor, Moment.audience))
        .order_by(PlannedReminder.due_at, PlannedReminder.id)
        .limit(limit)
    )
    if topic:
        wanted = wanted.where(_is_about(topic))
    return [Line(due_at, TOPICS.get(kind, DATES).code, kind, id_) for due_at, kind, id_ in db.session.execute(wanted)]


def let_go(actor: Actor, since: datetime | None, limit: int, topic: str) -> list[Line]:
    """Return the reminders that told nobody, with the reason, of dates that the reader may see, newest first, each with
    the hour at which it was let go. What was let go of one date at once is one line."""
    rows = _untold(actor, topic)
    if since is not None:
        rows = rows.where(PlannedReminder.done_at >= since)
    found = rows.distinct().subquery()
    wanted = sa.select(found).order_by(found.c.done_at.desc(), found.c.subject_id, found.c.because)
    lines = db.session.execute(wanted.limit(limit))
    return [Line(at, TOPICS.get(kind, DATES).code, kind, id_, because) for at, kind, id_, because in lines]


def _untold(actor: Actor, topic: str) -> sa.Select[Any]:
    """Select the reminders that are done and told nobody, and why."""
    nearer = aliased(PlannedReminder)
    is_overtaken = sa.exists().where(
        nearer.moment_id == PlannedReminder.moment_id,
        nearer.minutes > PlannedReminder.minutes,
        nearer.told > 0,
        nearer.due_at <= PlannedReminder.done_at,
        nearer.anchor_at == PlannedReminder.anchor_at,
    )
    is_let_go, is_over = PlannedReminder.told.is_(None), PlannedReminder.done_at >= PlannedReminder.until_at
    because = sa.case(
        (sa.and_(is_let_go, is_over), "expired"), (is_let_go, "not_wanted"), (is_overtaken, "overtaken"), else_="nobody"
    )
    columns = (PlannedReminder.done_at, Moment.subject_kind, Moment.subject_id)
    return (
        sa.select(*columns, because.label("because"))
        .join(Moment, Moment.id == PlannedReminder.moment_id)
        .where(
            PlannedReminder.done_at.is_not(None),
            sa.func.coalesce(PlannedReminder.told, 0) == 0,
            visible_to(actor, Moment.audience),
            *([_is_about(topic)] if topic else []),
        )
    )


def _is_about(topic: str) -> sa.ColumnElement[bool]:
    if topic == DATES.code:
        return Moment.subject_kind.not_in(TOPICS)
    return Moment.subject_kind.in_([kind for kind, among in TOPICS.items() if among.code == topic])
