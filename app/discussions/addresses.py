"""Where topics and posts live. Addresses are promises: mails keep them for years."""

from __future__ import annotations

from uuid import UUID

from app.discussions.models import Post


def topic_path(slug: str, topic_id: UUID) -> str:
    return f"/groups/{slug}/topics/{topic_id}"


def post_path(post: Post) -> str:
    return f"/groups/{post.topic.slug}/posts/{post.id}"
