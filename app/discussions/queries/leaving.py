"""Topics and posts as they leave the house with their group: what the actor reads and nobody took out of sight."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload, selectinload

from app.core.actors import Actor
from app.core.paging import Page, fetch_page
from app.discussions.models import Post, Topic
from app.extensions import db
from app.originals.models import Translation
from app.originals.queries import light, shown
from app.workinggroups.exports import AT_ONCE
from app.workinggroups.models import WorkingGroup


def page_of_leaving_topics(actor: Actor, group: WorkingGroup, *, cursor: str = "") -> Page[Topic]:
    """Return one page of the topics of a group in which there is something to take along, the oldest first."""
    there = Topic.id.in_(sa.select(Post.topic_id).where(shown(actor)))
    topics = sa.select(Topic).where(Topic.group_id == group.id, there)
    return fetch_page(topics, key=Topic.opened_at, row_id=Topic.id, cursor=cursor)


def page_of_leaving_posts(actor: Actor, topic: Topic, *, cursor: str = "") -> Page[Post]:
    """Return one page of the posts in a topic, in the order in which they were written, with who wrote and who
    translated."""
    translators: Any = selectinload(Post.translations).joinedload(Translation.translator)
    posts = (
        sa.select(Post)
        .where(Post.topic_id == topic.id, shown(actor))
        .options(lazyload(Post.versions), lazyload(Post.topic), *light(joinedload(Post.author)), *light(translators))
    )
    return fetch_page(posts, key=Post.written_at, row_id=Post.id, cursor=cursor, size=AT_ONCE)


def find_leaving_opening(actor: Actor, topic: Topic) -> Post | None:
    """Return the post that opened a topic, where it may be taken along: it has the title."""
    opening = sa.select(Post).where(Post.topic_id == topic.id, Post.is_opening, shown(actor))
    return db.session.scalar(opening.options(lazyload(Post.versions), lazyload(Post.translations)))


def list_open(actor: Actor, group: WorkingGroup, *, limit: int) -> list[Topic]:
    """Return the topics that are not closed, where somebody wrote last first."""
    there = Topic.id.in_(sa.select(Post.topic_id).where(shown(actor)))
    topics = sa.select(Topic).where(Topic.group_id == group.id, Topic.closed_at.is_(None), there)
    return list(db.session.scalars(topics.order_by(Topic.last_at.desc(), Topic.id.desc()).limit(limit)))
