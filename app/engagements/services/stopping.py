"""An engagement is given up with a reason, and taken up again."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.engagements import events
from app.engagements.models import Engagement, EngagementState
from app.engagements.services.holding import check_goes_on, hold, record
from app.engagements.words import LONGEST_BECAUSE
from app.outcomes.words import check_words


def give_up(actor: Actor, engagement: Engagement, *, because: str, now: datetime) -> Engagement:
    """End an engagement before it was handed in; why is kept for whoever plans next time. Twice is once. Raises
    `RuleBroken` at `because`, and where it is handed in already."""
    require(actor, "engagements.run", engagement)
    hold(engagement)
    if engagement.state is EngagementState.GIVEN_UP:
        return engagement
    check_goes_on(engagement)
    missing = _l("Write in a sentence why: whoever plans next time is glad of it.")
    engagement.given_up_because = check_words(because, field="because", longest=LONGEST_BECAUSE, missing=missing)
    _set_state(actor, engagement, EngagementState.GIVEN_UP, "given_up", now)
    return engagement


def take_up_again(actor: Actor, engagement: Engagement, *, now: datetime) -> Engagement:
    """Plan again what was given up; the reason goes. Raises `RuleBroken` where it was not given up."""
    require(actor, "engagements.run", engagement)
    hold(engagement)
    if engagement.state is not EngagementState.GIVEN_UP:
        raise RuleBroken(_l("This engagement goes on already. Look at its page."))
    engagement.given_up_because = ""
    state = EngagementState.WATCHING if engagement.is_watch_only else EngagementState.PLANNED
    _set_state(actor, engagement, state, "taken_up_again", now)
    return engagement


def _set_state(actor: Actor, engagement: Engagement, state: EngagementState, act: str, now: datetime) -> None:
    engagement.state, engagement.changed_at = state, now
    engagement.version += 1
    record(actor, act, engagement, now)
    events.engagement_state_changed.send(engagement, actor=actor, now=now)
