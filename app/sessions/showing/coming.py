"""Whether one comes, as the page of a gathering asks it; and for those who lead, how many said so."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from app.core.actors import Actor
from app.sessions import policy, queries
from app.sessions.models import Gathering
from app.sessions.queries import Intentions


class Said(StrEnum):
    """What a reader said; `earlier` was about an hour that has moved since."""

    NOTHING = "nothing"
    COMES = "comes"
    CANNOT = "cannot"
    EARLIER = "earlier"


def coming_of(actor: Actor, gathering: Gathering, *, now: datetime) -> Said | None:
    """Return what this reader said; None for whom nobody asks: who takes no part, and once it begins."""
    is_asked = policy.takes_place(gathering) and policy.can_still_be_asked(gathering, now)
    if not is_asked or not policy.can_claim_attendance(actor, gathering):
        return None
    said = queries.find_intention(gathering, actor.person_id)
    if said is None:
        return Said.NOTHING
    if said.for_start != gathering.moment.starts_at:
        return Said.EARLIER
    return Said.COMES if said.comes else Said.CANNOT


def intentions_of(actor: Actor, gathering: Gathering) -> Intentions | None:
    """Return the numbers for whoever leads the gathering, once somebody has said something."""
    if not policy.can_lead_session(actor, gathering):
        return None
    said = queries.count_intentions(gathering)
    return said if said.come or said.cannot else None
