"""What other packages print of topics and posts they do not know: title, address, state."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from app.core.actors import Actor
from app.core.registries import Card
from app.discussions.addresses import post_path, topic_path
from app.discussions.models import Topic
from app.discussions.queries import list_readable, openings_of
from app.extensions import db
from app.originals.showing import shown_name


def describe_posts(ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Posts the actor reads, under the name of who wrote them."""
    return {
        post.id: Card(
            shown_name(post),
            post_path(post),
            post.language,
            "withdrawn" if post.withdrawn_at else "withheld" if post.withheld_at else "",
        )
        for post in list_readable(actor, ids)
    }


def describe_topics(ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Topics whose title the actor reads."""
    openings = openings_of(actor, ids)
    rows = db.session.execute(sa.select(Topic.id, Topic.slug).where(Topic.id.in_(openings)))
    slugs = {row.id: row.slug for row in rows}
    return {
        topic_id: Card(post.title, topic_path(slugs[topic_id], topic_id), post.language)
        for topic_id, post in openings.items()
        if post.title
    }
