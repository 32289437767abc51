"""A recommendation is written into the register, changed, and taken out where it was written by mistake."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.advocacy.models import AdvocacySpace
from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.recommendations import events
from app.recommendations.models import RECOMMENDATION, Evidence, Recommendation, Status, StatusLine
from app.recommendations.services.checking import Written, write_into


class ChangedMeanwhile(RuleBroken):
    """Somebody changed this recommendation; nothing was written over."""


def note(actor: Actor, space: AdvocacySpace, written: Written, *, now: datetime) -> Recommendation:
    """Write down what a space recommended; it is open until somebody says otherwise.

    Raises `RuleBroken` at the fields of `Written`: a citation without link or symbol, a day to come, an occurrence or
    an engagement of another space.
    """
    require(actor, "recommendations.keep")
    row = Recommendation(
        id=uuid4(), space=space, space_id=space.id, status=Status.OPEN, status_at=now, added_at=now,
        added_by=actor.person_id,
    )  # fmt: skip
    row.goals, row.claims, row.followers = [], [], []
    with db.session.no_autoflush:
        write_into(actor, row, written, now)
    db.session.add(row)
    db.session.flush()
    first = StatusLine(recommendation_id=row.id, status=Status.OPEN, at=now, noted_by=actor.person_id)
    db.session.add(first)
    record(actor, "noted", row, now, space=str(space.id))
    return row


def change(actor: Actor, row: Recommendation, written: Written, *, seen: int, now: datetime) -> Recommendation:
    """Write a recommendation anew. `seen` is the version the writer was looking at.

    Raises `ChangedMeanwhile`, else as `note`.
    """
    require(actor, "recommendations.keep", row)
    with db.session.no_autoflush:
        unchanged = sa.update(Recommendation).where(Recommendation.id == row.id, Recommendation.version == seen)
        if change_rows(unchanged.values(version=seen + 1)) != 1:
            raise ChangedMeanwhile(
                _l(
                    "Somebody changed this since you opened this page. Compare what is there now with what you wrote, "
                    "then save."
                )
            )
        write_into(actor, row, written, now)
    record(actor, "changed", row, now)
    return row


def remove(actor: Actor, row: Recommendation, *, now: datetime) -> None:
    """Take out what was written down by mistake. Raises `RuleBroken` when somebody brought evidence for it."""
    require(actor, "recommendations.keep", row)
    if db.session.scalar(sa.select(sa.exists().where(Evidence.recommendation_id == row.id))):
        raise RuleBroken(
            _l(
                "People have brought evidence for this recommendation, so it stays. Correct its words instead, or ask "
                "them to take their evidence back."
            )
        )
    record(actor, "removed", row, now)
    db.session.delete(row)
    db.session.flush()


def record(actor: Actor, what: str, row: Recommendation, now: datetime, **facts: object) -> None:
    """Write what happened to a recommendation into the audit, and tell it."""
    db.session.flush()
    audit.record(actor, f"recommendations.recommendation.{what}", RECOMMENDATION, row.id, dict(facts), now=now)
    events.recommendation_changed.send(row, actor=actor, now=now)
