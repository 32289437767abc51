"""What is planned before its deadline is known works towards that deadline once it is, and what worked towards one that
was called off towards the one that stands in its place."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from app.advocacy import events
from app.advocacy.models import Occurrence
from app.engagements.models import UNDER_WAY, Engagement
from app.engagements.queries import deadline_of
from app.extensions import db
from app.moments.models import Status


def _on_deadlines(occurrence: Occurrence, **_more: Any) -> None:
    """Where nothing else stands in its place, a deadline that was called off stays: it may come back."""
    planned = sa.select(Engagement).where(
        Engagement.occurrence_id == occurrence.id, Engagement.mode_id.is_not(None), Engagement.state.in_(UNDER_WAY)
    )
    for engagement in db.session.scalars(planned).unique():
        step = engagement.step
        if step is None or step.moment.status is Status.CANCELLED:
            engagement.step = deadline_of(occurrence, engagement.mode) or step


def register() -> None:
    events.deadlines_changed.connect(_on_deadlines)
