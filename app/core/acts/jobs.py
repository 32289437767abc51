"""What the house does by itself: it forgets which links were used once they are too old to open anything."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core.acts.links import LIVES
from app.core.acts.models import SpentAct
from app.core.database import change_rows
from app.extensions import db

MARGIN = timedelta(days=1)


def forget_spent(now: datetime) -> int:
    """Forget the links that were used before any that still opens something was made; returns how many."""
    dropped = change_rows(sa.delete(SpentAct).where(SpentAct.at < now - LIVES - MARGIN))
    db.session.commit()
    return dropped
