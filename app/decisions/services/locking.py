"""One decision, one hand at a time: voices, proxies and closings are counted under the lock of the decision's row."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.decisions.models import Decision, Stage
from app.extensions import db


class MovedMeanwhile(RuleBroken):
    """Somebody else took this step first; nothing was done twice."""


class Settled(RuleBroken):
    """A decision that is adopted or laid down does not change any more."""


def lock(decision: Decision) -> None:
    """Wait for others who change this decision, then read anew where it is."""
    db.session.flush()
    db.session.refresh(decision, ["stage", "version", "quorum", "settled_at"], with_for_update={"of": Decision})
    db.session.expire(decision, ["windows"])


def check_not_settled(decision: Decision) -> None:
    """Raise `Settled` once it is adopted or laid down."""
    if decision.stage is Stage.ADOPTED:
        raise Settled(_l("This was adopted, and its record does not change any more. Propose anew what should change."))
    if decision.stage is Stage.LAID_DOWN:
        raise Settled(_l("This was laid down, and its record does not change any more. It can be proposed anew."))


def move(decision: Decision, before: Stage, after: Stage, **values: object) -> None:
    """Let a decision be at another stage, if it still is where the actor saw it. Raises `MovedMeanwhile`."""
    moving = sa.update(Decision).where(Decision.id == decision.id, Decision.stage == before)
    if change_rows(moving.values(stage=after, **values)) != 1:
        raise MovedMeanwhile(_l("Somebody else has just taken this step. Look at the page again."))
    db.session.refresh(decision, ["stage", *values])
