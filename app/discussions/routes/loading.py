"""What every page about a topic or a post loads and prints at its head."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.core.actors import Actor
from app.core.names import names_of
from app.core.permissions import can, require
from app.core.web import page_language
from app.discussions import queries, showing
from app.discussions.models import Post, Topic
from app.originals import showing as originals
from app.workinggroups.models import WorkingGroup


def load_post(actor: Actor, slug: str, post_id: UUID, action: str) -> Post:
    """Return a post the actor may do something with."""
    post = queries.get_visible_post(actor, post_id, slug)
    require(actor, action, post)
    return post


def head_of_group(group: WorkingGroup) -> dict[str, Any]:
    return {"slug": group.slug, "group_name": names_of("group", [group.id], page_language())[group.id]}


def head_of_topic(actor: Actor, topic: Topic, opening: Post | None = None) -> dict[str, Any]:
    """Who left the group reads their own words, and finds no way to what is inside."""
    opening = opening or queries.find_opening(actor, topic)
    return {
        "slug": topic.slug,
        "group_name": names_of("group", [topic.group_id], page_language())[topic.group_id],
        "topic": topic,
        "topic_name": showing.called(topic, opening),
        "is_inside": can(actor, "discussions.read", topic.group),
    }


def head_of_post(actor: Actor, post: Post) -> dict[str, Any]:
    return {
        **head_of_topic(actor, post.topic, post if post.is_opening else None),
        "post": post,
        "name": originals.shown_name(post),
        "is_mine": actor.person_id is not None and actor.person_id == post.author_id,
    }
