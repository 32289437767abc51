"""What this package does when something below it changes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from app.extensions import db
from app.moments.events import moment_changed
from app.moments.models import Moment, MomentChange
from app.sessions import hosts
from app.sessions.models import Gathering


def ask_for_hours_again(moment: Moment, *, change: MomentChange, **_more: Any) -> None:
    """A gathering that moved, or whose clocks were changed by law, may change somebody's hour anew."""
    parts = ("starts_at", "zone", "precision")
    if moment.subject_kind in hosts.kinds() and any(change.old[part] != change.new[part] for part in parts):
        again = sa.update(Gathering).where(Gathering.id == moment.subject_id).values(hours_told_at=None)
        db.session.execute(again, execution_options={"synchronize_session": "fetch"})


def register() -> None:
    moment_changed.connect(ask_for_hours_again)
