"""One decision, one hand at a time: voices, proxies and closings are counted under the lock of the decision's row."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.decisions.models import Decision, Stage, Window
from app.extensions import db
from app.workinggroups.models import GroupState
from app.workinggroups.services import lock_group


class MovedMeanwhile(RuleBroken):
    """Somebody else took this step first; nothing was done twice."""


class Settled(RuleBroken):
    """A decision that is adopted or laid down does not change any more."""


class GroupIsClosed(RuleBroken):
    """In a closed group nobody is asked."""


def lock(decision: Decision) -> None:
    """Wait for others who change this decision, then read anew where it is, and until when its windows are open."""
    db.session.flush()
    db.session.refresh(decision, ["stage", "version", "quorum", "settled_at"], with_for_update={"of": Decision})
    windows = sa.select(Window).where(Window.decision_id == decision.id)
    db.session.scalars(windows.execution_options(populate_existing=True)).all()
    db.session.expire(decision, ["windows"])


def check_group_goes_on(decision: Decision) -> None:
    """Raise `GroupIsClosed`; from here on nobody closes the group before this work is done. While it is closed nobody
    in it can speak, and what nobody could object to is not adopted by silence (R-23)."""
    lock_group(decision.group)
    if decision.group.state is GroupState.CLOSED:
        raise GroupIsClosed(_l("This group is closed, and nobody in it can speak. Open the group again first."))


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
