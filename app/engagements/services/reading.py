"""Who reads an engagement: those inside, or the whole network."""

from __future__ import annotations

from datetime import datetime

from app.core.actors import NETWORK, Actor
from app.core.permissions import require
from app.engagements import events
from app.engagements.keys import engagement_key
from app.engagements.models import Engagement
from app.engagements.services.holding import hold, record


def open_to_network(actor: Actor, engagement: Engagement, *, now: datetime) -> Engagement:
    """Let everybody of the network read what is planned, by whom and when. Texts, signatures and the delegation stay
    with those inside. Twice is once."""
    return _set(actor, engagement, NETWORK, "opened", now)


def close_to_network(actor: Actor, engagement: Engagement, *, now: datetime) -> Engagement:
    """Let only those inside read it again. Twice is once."""
    return _set(actor, engagement, engagement_key(engagement.id), "closed", now)


def _set(actor: Actor, engagement: Engagement, audience: str, act: str, now: datetime) -> Engagement:
    require(actor, "engagements.run", engagement)
    hold(engagement)
    if engagement.audience != audience:
        engagement.audience = audience
        record(actor, f"{act}_to_network", engagement, now)
        events.engagement_changed.send(engagement, actor=actor, now=now)
    return engagement
