"""What the house does by itself with sessions that draw near."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
import structlog

from app.core.database import change_rows
from app.extensions import db
from app.moments.models import Moment, Precision, Status
from app.sessions import telling
from app.sessions.models import LearningSession, Track

AHEAD = timedelta(days=7)


def _due(now: datetime) -> list[UUID]:
    """Sessions that begin within a week, of published tracks, about whose hour nobody was told; soonest first."""
    return list(
        db.session.scalars(
            sa.select(LearningSession.id)
            .join(Moment, Moment.id == LearningSession.moment_id)
            .join(Track, Track.id == LearningSession.track_id)
            .where(
                LearningSession.hours_told_at.is_(None),
                Track.published_at.is_not(None),
                Moment.precision == Precision.MINUTE,
                Moment.status.in_((Status.PLANNED, Status.CONFIRMED)),
                Moment.starts_at > now,
                Moment.starts_at <= now + AHEAD,
            )
            .order_by(Moment.starts_at, LearningSession.id)
        )
    )


def tell_hour_changes(now: datetime) -> int:
    """Tell people whose hour a coming session changes; returns how many sessions were looked at. Late work is done as
    long as the session has not begun. A session is claimed first, so that two workers tell nobody twice; one that
    fails stays due and keeps none of the others waiting."""
    done = 0
    for session_id in _due(now):
        try:
            done += _tell_one(session_id, now)
            db.session.commit()
        except Exception as error:
            db.session.rollback()
            structlog.get_logger().exception("hours.failed", session=str(session_id), kind=type(error).__name__)
    return done


def _tell_one(session_id: UUID, now: datetime) -> int:
    claimed = sa.update(LearningSession).where(
        LearningSession.id == session_id, LearningSession.hours_told_at.is_(None)
    )
    if change_rows(claimed.values(hours_told_at=now)) != 1:
        return 0
    telling.hours.tell_hour_changes(db.session.get_one(LearningSession, session_id), now=now)
    return 1
