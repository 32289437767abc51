"""What the house does by itself with chantiers: a mission letter begins or ends with its days (R-18)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
import structlog

from app.chantiers.models import Chantier
from app.chantiers.services import reckon
from app.core import actors
from app.extensions import db

KEEPER = actors.job("chantiers.reckon")


def reckon_due(now: datetime) -> int:
    """Reckon the chantiers for which a day has come, however late; returns how many. One that fails stays due, is
    logged, and keeps none of the others waiting; two workers reckon the same twice, which changes nothing more."""
    done = 0
    for group_id in _due(now):
        try:
            chantier = db.session.get_one(Chantier, group_id)
            reckon(KEEPER, chantier.group, now=now)
            db.session.commit()
            done += 1
        except Exception as error:
            db.session.rollback()
            structlog.get_logger().exception("chantiers.failed", group=str(group_id), kind=type(error).__name__)
    return done


def _due(now: datetime) -> list[UUID]:
    due = sa.select(Chantier.group_id).where(Chantier.reckon_on <= now.date())
    return list(db.session.scalars(due.order_by(Chantier.reckon_on, Chantier.group_id)))
