"""Who is asked by mail whether an organisation leads or co-signs: whoever speaks for it, once for each of the two."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from app.core import notices
from app.core.registries import StillWanted, actor_at, audience_holders
from app.engagements import events, policy
from app.engagements.keys import engagement_key
from app.engagements.models import Engagement, Signatory, SignatoryState
from app.engagements.services.holding import goes_on
from app.engagements.telling import STALE_AFTER
from app.extensions import db
from app.people.keys import mandate_key

JOINING_ASKED = "engagements.joining_asked"


def role_of(signatory: Signatory) -> str:
    """Return what an organisation is asked for, as a code."""
    return "lead" if signatory.is_lead else "co-sign"


def ask_to_join(engagement: Engagement, *, now: datetime) -> None:
    """Ask whoever speaks for the organisations that have not answered; nobody is asked the same twice."""
    if not goes_on(engagement):
        return
    closes = engagement.step.moment.until if engagement.step is not None else None
    ahead = closes if closes is not None and closes > now else None
    for signatory in engagement.signatories:
        if signatory.state is SignatoryState.ASKED:
            notices.tell_many(
                sorted(audience_holders(mandate_key(signatory.organisation_id), now), key=str),
                JOINING_ASKED,
                f"{signatory.id}:{role_of(signatory)}",
                {"signatory": str(signatory.id), "role": role_of(signatory)},
                now=now,
                audience=engagement_key(engagement.id),
                expires_at=ahead or now + STALE_AFTER,
                happens_at=ahead,
            )


def asked_to_join(parameters: dict[str, Any]) -> Signatory | None:
    """Return who is asked by a notice; None where it has answered, is asked something else, or nothing any more."""
    signatory = db.session.get(Signatory, UUID(parameters["signatory"]))
    if signatory is None or signatory.state is not SignatoryState.ASKED or role_of(signatory) != parameters["role"]:
        return None
    return signatory if goes_on(signatory.engagement) else None


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: nobody has answered, and the person still speaks for it."""
    signatory = asked_to_join(notice.parameters)
    return signatory is not None and policy.speaks_for(actor_at(notice.person_id, now), signatory)


STILL_WANTED: dict[str, StillWanted] = {JOINING_ASKED: still_wanted}


def _on_engagement(engagement: Engagement, *, actor: Any, now: datetime) -> None:
    ask_to_join(engagement, now=now)


def connect() -> None:
    """Let what happens to the list of organisations ask them."""
    for event in (events.signatories_changed, events.engagement_state_changed):
        event.connect(_on_engagement)
