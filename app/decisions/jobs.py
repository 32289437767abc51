"""What the house does by itself: it reminds those who have not spoken, and closes windows that have ended."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from app.core.actors import job
from app.core.jobs import each, remind
from app.decisions.models import Decision, Stage, Window, WindowKind
from app.decisions.reminding import tell_closing
from app.decisions.services.settling import ClosedAlready, close_window
from app.extensions import db
from app.moments.models import Moment


def remind_silent(now: datetime) -> int:
    """Tell whoever could still speak that a window closes within two days; returns how many windows were due."""
    return remind("decisions", Window, lambda window: _tell_closing(window, now), now, Window.closed_at.is_(None))


def _tell_closing(window: Window, now: datetime) -> None:
    if window.moment.until > now:
        tell_closing(window, now=now)


def close_ended(now: datetime) -> int:
    """Count the voices of windows that have ended, however late; returns how many."""
    due = (
        sa.select(Decision.id)
        .join(Window, Window.decision_id == Decision.id)
        .join(Moment, Moment.id == Window.moment_id)
        .where(
            Decision.stage == Stage.OBJECTIONS,
            Window.kind == WindowKind.OBJECTIONS,
            Window.closed_at.is_(None),
            Moment.until <= now,
        )
        .order_by(Moment.until, Decision.id)
    )
    return each("decisions", list(db.session.scalars(due)), lambda decision_id: _close(decision_id, now))


def _close(decision_id: UUID, now: datetime) -> int:
    try:
        close_window(job("decisions"), db.session.get_one(Decision, decision_id), now=now)
    except ClosedAlready:
        return 0
    return 1
