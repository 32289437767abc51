"""What the house does by itself: plans what changed, sends what is due, passes on what nobody answered, and looks at
all coming dates again from time to time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import structlog

from app.core.database import take_turns
from app.core.jobs import each
from app.extensions import db
from app.reminders import services


def remind(now: datetime) -> int:
    """Plan whatever was marked, then send what is due and tell others of what nobody answered; returns how many were
    sent. Late work is done as long as it still helps anybody."""
    _plan_marked(now)
    sent = each(
        "reminders",
        services.list_due(now),
        lambda planned_id: services.send(planned_id, now=now),
        lambda planned_id: services.put_off_sending(planned_id, now=now),
    )
    return sent + each(
        "reminders",
        services.list_unanswered(now),
        lambda care_id: services.escalate(care_id, now=now),
        lambda care_id: services.put_off_asking(care_id, now=now),
    )


def _plan_marked(now: datetime) -> None:
    """Plan batch by batch; of a batch that fails, each moment by itself, and what fails alone is left for later."""
    while batch := services.list_marked(now):
        try:
            services.plan_marked(batch, now=now)
            db.session.commit()
        except Exception as error:
            db.session.rollback()
            structlog.get_logger().exception("reminders.plan_failed", kind=type(error).__name__)
            each("reminders.plan", batch, lambda moment_id: services.plan_marked([moment_id], now=now))
            services.put_off(batch, now=now)
            db.session.commit()
    db.session.commit()


def look_again(now: datetime) -> int:
    """Plan every coming date anew, batch by batch: those of a house that is older than reminders, and whatever changed
    without a word. Where nothing did, this reads and writes nothing. Returns how many were looked at."""
    looked_at, after = 0, None
    while batch := services.coming_moments(now, after):
        after = _plan(batch, now)
        looked_at += len(batch)
    services.let_go_of_missed(now)
    db.session.commit()
    return looked_at


def _plan(batch: list[UUID], now: datetime) -> UUID:
    take_turns(services.TURN)
    services.replan(batch, now=now)
    db.session.commit()
    return batch[-1]
