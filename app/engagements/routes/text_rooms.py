"""Rooms about texts and results: on the page of an engagement, and on the pages of the joint texts it hands in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from markupsafe import Markup, escape

from app.core import clock, slots
from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name
from app.core.permissions import can
from app.core.slots import rendered
from app.drafting.models import JointText, TextVersion
from app.engagements.addresses import engagement_path
from app.engagements.models import Engagement, EngagementText
from app.engagements.queries.deadlines import day_that_counts
from app.engagements.queries.texts import find_link, limit_of, words_for_limit
from app.engagements.showing_lengths import budget_of, limit_shown, said_of_length
from app.engagements.showing_results import result_shown
from app.engagements.showing_texts import not_taken_sentence, texts_shown
from app.engagements.signatures import is_taken

NOTHING = Markup("")


def texts_of_engagement(
    actor: Actor, *, engagement: Engagement, links: Sequence[EngagementText], next_href: str = "", **_more: Any
) -> Markup:
    """Each language, how long it is, who signed it: for those inside. `next_href` is where the next step of the page
    leads: no way stands on it twice."""
    if not can(actor, "engagements.read_inside", engagement):
        return NOTHING
    texts = texts_shown(actor, engagement, links, clock.now())
    return rendered("engagements/texts_room.html", engagement=engagement, texts=texts, next_href=next_href)


def result_of_engagement(
    actor: Actor, *, engagement: Engagement, links: Sequence[EngagementText], next_href: str = "", **_more: Any
) -> Markup:
    """When it was handed in, what came of it, how the groups go on."""
    inside = can(actor, "engagements.read_inside", engagement)
    outcome = result_shown(actor, engagement, links, inside=inside)
    values = {"engagement": engagement, "outcome": outcome, "inside": inside, "next_href": next_href}
    return rendered("engagements/result_room.html", **values)


def _engagement_of(actor: Actor, text: JointText) -> Engagement | None:
    """Return the engagement a text is written for, to those who may know of it."""
    link = find_link(text)
    return link.engagement if link is not None and can(actor, "engagements.read", link.engagement) else None


def on_text(actor: Actor, *, text: JointText, version: TextVersion, **_more: Any) -> Markup:
    """On the page of a joint text: for which engagement it is, and how long it is against the limit."""
    engagement = _engagement_of(actor, text)
    if engagement is None:
        return NOTHING
    applies = limit_of(engagement, day_that_counts(engagement, clock.now().date()))
    words = words_for_limit(version)
    return rendered(
        "engagements/drafting_text.html",
        engagement=engagement,
        engagement_title=Name(engagement.title, engagement.language, engagement.language != page_language()),
        engagement_href=engagement_path(engagement.id),
        text_href=url_for("engagements.show_text", engagement_id=engagement.id, text_id=text.id),
        budget=budget_of(words, applies) if is_taken(engagement, text.language) else None,
        limit=limit_shown(engagement, applies),
    )


def beside_the_field(actor: Actor, *, text: JointText, version: TextVersion, **_more: Any) -> Markup:
    """While the next version is written: the limit, and how far the last one was from it."""
    engagement = _engagement_of(actor, text)
    if engagement is None:
        return NOTHING
    applies = limit_of(engagement, day_that_counts(engagement, clock.now().date()))
    limit = limit_shown(engagement, applies)
    if limit is None:
        return NOTHING
    words = words_for_limit(version)
    return rendered(
        "engagements/drafting_writing.html",
        version=version,
        budget=budget_of(words, applies) if is_taken(engagement, text.language) else None,
        limit=limit,
    )


def once_kept(actor: Actor, *, text: JointText, version: TextVersion, **_more: Any) -> Markup:
    """After a version was kept: how long it is against the limit, or that the body does not take its language."""
    engagement = _engagement_of(actor, text)
    if engagement is None:
        return NOTHING
    if not is_taken(engagement, text.language):
        return escape(not_taken_sentence())
    return escape(said_of_length(engagement, version, clock.now().date()))


def fill() -> None:
    slots.fill("engagements.engagement", "engagements.texts", texts_of_engagement, order=20)
    slots.fill("engagements.engagement", "engagements.result", result_of_engagement, order=60)
    slots.fill("drafting.text", "engagements", on_text)
    slots.fill("drafting.writing", "engagements", beside_the_field)
    slots.fill("drafting.written", "engagements", once_kept)
