"""Topics in numbers: how many replies, in which languages, who wrote last; and who of the writers observes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload

from app.core.actors import Actor
from app.discussions.models import Post, Topic
from app.extensions import db
from app.originals.queries import light, shown
from app.workinggroups.models import GroupMembership, Standing


@dataclass(slots=True)
class Figures:
    """What a line of the list says of a topic, as far as the reader reads it. `languages`: tags, the most written
    first."""

    replies: int = 0
    languages: list[str] = field(default_factory=list)
    last: Post | None = None


def figures_of(actor: Actor, topics: Sequence[Topic]) -> dict[UUID, Figures]:
    """Return the figures of many topics, in two queries."""
    ids = [topic.id for topic in topics]
    found: dict[UUID, Figures] = defaultdict(Figures)
    replies = sa.func.sum(sa.case((Post.is_opening, 0), else_=1))
    counted = (
        sa.select(Post.topic_id, Post.language, replies)
        .where(Post.topic_id.in_(ids), shown(actor))
        .group_by(Post.topic_id, Post.language)
        .order_by(sa.func.count().desc(), Post.language)
    )
    for topic_id, language, number in db.session.execute(counted):
        found[topic_id].replies += int(number)
        found[topic_id].languages.append(language)
    for post in _last_of(actor, ids):
        found[post.topic_id].last = post
    return found


def _last_of(actor: Actor, topic_ids: list[UUID]) -> Sequence[Post]:
    in_order = sa.func.row_number().over(partition_by=Post.topic_id, order_by=(Post.written_at.desc(), Post.id.desc()))
    ranked = (
        sa.select(Post.id.label("id"), in_order.label("place"))
        .where(Post.topic_id.in_(topic_ids), shown(actor))
        .subquery()
    )
    wanted = sa.select(Post).where(Post.id.in_(sa.select(ranked.c.id).where(ranked.c.place == 1)))
    plain = (lazyload(Post.versions), lazyload(Post.translations))
    return db.session.scalars(wanted.options(*plain, *light(joinedload(Post.author)))).unique().all()


def list_authors(topic: Topic) -> set[UUID]:
    """Return who wrote in a topic, what they took back included."""
    wrote = sa.select(Post.author_id).where(Post.topic_id == topic.id).distinct()
    return {author_id for author_id in db.session.scalars(wrote) if author_id is not None}


def list_observers(group_id: UUID, person_ids: Iterable[UUID]) -> set[UUID]:
    """Return who of many persons observes a group now."""
    observing = sa.select(GroupMembership.person_id).where(
        GroupMembership.group_id == group_id,
        GroupMembership.person_id.in_(list(person_ids)),
        GroupMembership.standing == Standing.OBSERVER,
        GroupMembership.left_at.is_(None),
    )
    return set(db.session.scalars(observing))
