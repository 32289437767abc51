"""What this package does when something below it changes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.decisions.models import Decision, Stage
from app.extensions import db
from app.moments.endings import lazy_end
from app.workinggroups import events
from app.workinggroups.models import GroupState, WorkingGroup


class VoicesAreAsked(RuleBroken):
    """A group in which organisations are giving their voices."""


def keep_open(group: WorkingGroup, **_more: Any) -> None:
    """Refuse to close a group while voices are asked for: whoever has not spoken could not object any more, and their
    silence would adopt (R-23). The group is locked. Raises `VoicesAreAsked`."""
    if group.state is not GroupState.CLOSED:
        return
    asked = sa.select(Decision).where(Decision.group_id == group.id, Decision.stage == Stage.OBJECTIONS)
    decision = db.session.scalars(asked.order_by(Decision.created_at, Decision.id).limit(1)).first()
    if decision is not None and decision.window is not None:
        raise VoicesAreAsked(
            _l(
                "Organisations are giving their voices to “%(title)s” until %(end)s. Close the group after that, or "
                "lay the proposal down first.",
                title=decision.title,
                end=lazy_end(decision.window.moment),
            ),
            rule="R-23",
        )


def register() -> None:
    events.group_state_changed.connect(keep_open)
