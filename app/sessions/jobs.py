"""What the house does by itself with gatherings that draw near."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
import structlog

from app.core.database import change_rows
from app.extensions import db
from app.moments.models import Moment, Precision, Status
from app.sessions import telling
from app.sessions.hosts import host_of
from app.sessions.models import Gathering

AHEAD = timedelta(days=7)


def _due(now: datetime) -> list[UUID]:
    """Gatherings that begin within a week and about whose hour nobody was told; soonest first."""
    return list(
        db.session.scalars(
            sa.select(Gathering.id)
            .join(Moment, Moment.id == Gathering.moment_id)
            .where(
                Gathering.hours_told_at.is_(None),
                Moment.precision == Precision.MINUTE,
                Moment.status.in_((Status.PLANNED, Status.CONFIRMED)),
                Moment.starts_at > now,
                Moment.starts_at <= now + AHEAD,
            )
            .order_by(Moment.starts_at, Gathering.id)
        )
    )


def tell_hour_changes(now: datetime) -> int:
    """Tell people whose hour a coming gathering changes; returns how many were looked at. Late work is done as long as
    it has not begun. A gathering is claimed first, so that two workers tell nobody twice; one that
    fails stays due and keeps none of the others waiting."""
    done = 0
    for gathering_id in _due(now):
        try:
            done += _tell_one(gathering_id, now)
            db.session.commit()
        except Exception as error:
            db.session.rollback()
            structlog.get_logger().exception("hours.failed", gathering=str(gathering_id), kind=type(error).__name__)
    return done


def _tell_one(gathering_id: UUID, now: datetime) -> int:
    gathering = db.session.get_one(Gathering, gathering_id)
    if not host_of(gathering).is_announced(gathering):
        return 0  # stays due: its hours are told once it is announced
    claimed = sa.update(Gathering).where(Gathering.id == gathering_id, Gathering.hours_told_at.is_(None))
    if change_rows(claimed.values(hours_told_at=now)) != 1:
        return 0
    telling.hours.tell_hour_changes(gathering, now=now)
    return 1
