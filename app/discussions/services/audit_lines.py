"""Lines of the audit about topics and posts: identifiers and codes, never anybody's words."""

from __future__ import annotations

from datetime import datetime

from app.core import audit
from app.core.actors import Actor
from app.discussions.models import Post, Topic


def record_post(actor: Actor, what: str, post: Post, now: datetime, **facts: object) -> None:
    """Write what happened to a post."""
    audit.record(actor, f"discussions.post.{what}", "post", post.id, dict(facts), now=now)


def record_topic(actor: Actor, what: str, topic: Topic, now: datetime) -> None:
    """Write what whoever runs the group did with a topic."""
    audit.record(actor, f"discussions.topic.{what}", "topic", topic.id, now=now)
