"""Who is asked by mail to sign: whoever speaks for an organisation that agreed to join, for each newest version that
can be handed in.

A text that is being written has many versions, and a signature is wanted under the one that stays: whoever signs is
asked once it has stood for a day, or for an hour where it closes soon. Of several versions only the last is told.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.core import notices
from app.core.registries import StillWanted, actor_at, audience_holders
from app.drafting import events as drafting
from app.drafting.models import JointText
from app.engagements import events, policy
from app.engagements.keys import engagement_key
from app.engagements.models import Engagement, EngagementText, Signatory
from app.engagements.queries.texts import find_link, list_links, sign_offs_of
from app.engagements.services.texts import takes_texts
from app.engagements.signatures import awaited
from app.extensions import db
from app.people.keys import mandate_key

SIGN_ASKED = "engagements.sign_asked"
KINDS = (SIGN_ASKED,)

STANDS_FOR = timedelta(days=1)
STANDS_SHORTLY = timedelta(hours=1)
CLOSES_SOON = timedelta(days=3)
STALE_AFTER = timedelta(days=30)


def ask_to_sign(engagement: Engagement, *, now: datetime) -> None:
    """Ask for the signatures that are missing now; whoever was asked for a version is not asked for it again."""
    if not takes_texts(engagement):
        return
    links = list_links(engagement)
    signed = sign_offs_of([link.text_id for link in links])
    closes = engagement.step.moment.until if engagement.step is not None else None
    is_ahead = closes is not None and closes > now
    is_soon = is_ahead and closes is not None and closes - now < CLOSES_SOON
    for signatory, link in awaited(engagement, links, signed):
        notices.tell_many(
            sorted(audience_holders(mandate_key(signatory.organisation_id), now), key=str),
            SIGN_ASKED,
            f"{signatory.id}:{link.text_id}:{link.text.version}",
            {"signatory": str(signatory.id), "text": str(link.text_id), "version": link.text.version},
            now=now,
            audience=engagement_key(engagement.id),
            not_before=now + (STANDS_SHORTLY if is_soon else STANDS_FOR),
            expires_at=closes if is_ahead else now + STALE_AFTER,
        )


def asked_of(parameters: dict[str, Any]) -> tuple[Signatory, EngagementText] | None:
    """Return whose signature a notice asks for under which text; None where it is no longer missing under that
    version."""
    signatory = db.session.get(Signatory, UUID(parameters["signatory"]))
    if signatory is None or not takes_texts(signatory.engagement):
        return None
    links = list_links(signatory.engagement)
    waiting = awaited(signatory.engagement, links, sign_offs_of([link.text_id for link in links]))
    for one, link in waiting:
        if one.id == signatory.id and str(link.text_id) == parameters["text"]:
            return (one, link) if link.text.version == parameters["version"] else None
    return None


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: that version waits for it, and the person still speaks for it."""
    asked = asked_of(notice.parameters)
    return asked is not None and policy.speaks_for(actor_at(notice.person_id, now), asked[0])


STILL_WANTED: dict[str, StillWanted] = {SIGN_ASKED: still_wanted}


def _on_text(text: JointText, *, actor: Any, now: datetime) -> None:
    link = find_link(text)
    if link is not None:
        ask_to_sign(link.engagement, now=now)


def _on_engagement(engagement: Engagement, *, actor: Any, now: datetime) -> None:
    ask_to_sign(engagement, now=now)


def connect() -> None:
    """Let what happens to texts and organisations ask for signatures."""
    drafting.text_changed.connect(_on_text)
    for event in (events.signatories_changed, events.texts_changed, events.engagement_state_changed):
        event.connect(_on_engagement)
