"""What every use case of engagements does: hold the row, and leave a line in the audit."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.engagements.models import ENGAGEMENT, Engagement, EngagementState
from app.extensions import db


class ChangedMeanwhile(RuleBroken):
    """Somebody else changed the plan; nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "Somebody changed this plan since you opened this page. Compare what is there now with what you "
                "wrote, then save."
            )
        )


def hold(engagement: Engagement) -> Engagement:
    """Lock the row until the transaction ends, and read it anew with all that hangs on it."""
    db.session.flush()  # what this transaction changed already is not read away
    db.session.refresh(engagement, with_for_update={"of": Engagement})
    for signatory in engagement.signatories:
        db.session.refresh(signatory)
    return engagement


def goes_on(engagement: Engagement) -> bool:
    """Whether the plan may still change: not handed in, ended or given up."""
    return engagement.state in (EngagementState.WATCHING, EngagementState.PLANNED, EngagementState.IN_THE_MAKING)


def check_goes_on(engagement: Engagement) -> None:
    """Raise `RuleBroken` with the way out where the plan is closed."""
    if engagement.state is EngagementState.GIVEN_UP:
        raise RuleBroken(_l("This engagement was given up. Take it up again first."))
    if not goes_on(engagement):
        raise RuleBroken(
            _l("This engagement is handed in already. If that was a mistake, take the submission back first.")
        )


def record(actor: Actor, act: str, engagement: Engagement, now: datetime, **facts: object) -> None:
    """Write one line of the audit; `act` is what happened, in the past tense."""
    said = {name: str(value) for name, value in facts.items()}
    audit.record(actor, f"engagements.engagement.{act}", ENGAGEMENT, engagement.id, said, now=now)
