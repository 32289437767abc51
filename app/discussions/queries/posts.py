"""The posts of a topic: those that answer the topic, the oldest first, each with what stands beneath it.

What somebody took back, or what was taken out of sight, keeps its place where others answered it: a thread without its
beginning cannot be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, lazyload, selectinload

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Page, encode_cursor, fetch_page
from app.discussions.models import Post, Topic
from app.discussions.queries.seeing import openable
from app.extensions import db
from app.originals.models import Translation
from app.originals.queries import light
from app.workinggroups.models import WorkingGroup

PAGE_SIZE = 10
"""Posts on one page of a topic, beside those beneath them."""

MOST_ANSWERS = 10
"""So many answers stand beneath a post on the page of its topic; the page of the post has more."""

MOST_ON_PAGE = 200
"""So many stand beneath it there."""


def _for_threads(statement: sa.Select[Any]) -> sa.Select[Any]:
    """Load what a thread prints: who wrote, and translations whole, with who made them."""
    translators = selectinload(Post.translations).joinedload(Translation.translator)
    return statement.options(
        lazyload(Post.versions), lazyload(Post.topic), *light(joinedload(Post.author)), *light(translators)
    )


def get_visible_post(actor: Actor, post_id: UUID, slug: str | None = None) -> Post:
    """Return a post this actor may open, of the group at an address where one is given; raises `NotFound`."""
    translators = selectinload(Post.translations).joinedload(Translation.translator)
    statement = sa.select(Post).where(Post.id == post_id, openable(actor)).options(*light(translators))
    if slug is not None:
        of_group = sa.select(Topic.id).join(WorkingGroup, WorkingGroup.id == Topic.group_id)
        statement = statement.where(Post.topic_id.in_(of_group.where(WorkingGroup.slug == slug)))
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def list_readable(actor: Actor, post_ids: Collection[UUID]) -> Sequence[Post]:
    """Return those of many posts that the actor reads, with who wrote them."""
    plain = (lazyload(Post.versions), lazyload(Post.translations), *light(joinedload(Post.author)))
    wanted = sa.select(Post).where(Post.id.in_(post_ids), openable(actor)).options(*plain)
    return db.session.scalars(wanted).unique().all()


def find_opening(actor: Actor, topic: Topic) -> Post | None:
    """Return the post that opened a topic, where the actor reads it."""
    wanted = sa.select(Post).where(Post.topic_id == topic.id, Post.is_opening, openable(actor))
    return db.session.scalars(_for_threads(wanted)).unique().one_or_none()


def _in_threads(actor: Actor, topic: Topic) -> sa.ColumnElement[bool]:
    """Posts that answer the topic, and have words to read, of their own or beneath them."""
    answer = aliased(Post, flat=True)
    seen = sa.select(Post.id).where(Post.topic_id == topic.id, openable(actor))
    answered = sa.select(answer.thread_id).where(answer.id.in_(seen), answer.thread_id.is_not(None))
    return sa.and_(
        Post.topic_id == topic.id,
        Post.thread_id.is_(None),
        sa.not_(Post.is_opening),
        sa.or_(openable(actor), Post.id.in_(answered)),
    )


def page_of_posts(actor: Actor, topic: Topic, *, cursor: str = "") -> Page[Post]:
    """Return one page of the posts that answer the topic, the oldest first. Some may have no words to read."""
    return fetch_page(
        _for_threads(sa.select(Post).where(_in_threads(actor, topic))),
        key=Post.written_at,
        row_id=Post.id,
        cursor=cursor,
        size=PAGE_SIZE,
    )


def cursor_to(actor: Actor, post: Post) -> str:
    """Return the cursor of the page of its topic on which a post stands; "" for the first."""
    if post.is_opening:
        return ""
    first = post if post.thread_id is None else db.session.get_one(Post, post.thread_id)
    place = sa.tuple_(Post.written_at, Post.id)
    here = sa.tuple_(sa.literal(first.written_at, Post.written_at.type), sa.literal(first.id, Post.id.type))
    before = sa.select(Post.written_at, Post.id).where(_in_threads(actor, post.topic), place < here)
    number = db.session.scalar(sa.select(sa.func.count()).select_from(before.subquery())) or 0
    if number < PAGE_SIZE:
        return ""
    last = before.order_by(Post.written_at, Post.id).offset(number // PAGE_SIZE * PAGE_SIZE - 1).limit(1)
    written_at, post_id = db.session.execute(last).one()
    return encode_cursor(written_at, post_id)


@dataclass(slots=True)
class Beneath:
    """What stands beneath a post: the first answers, and how many there are."""

    first: list[Post] = field(default_factory=list)
    number: int = 0


def answers_beneath(actor: Actor, thread_ids: Iterable[UUID]) -> dict[UUID, Beneath]:
    """Return what the actor reads beneath many posts, in two queries; posts without an answer have none."""
    found: dict[UUID, Beneath] = defaultdict(Beneath)
    in_order = sa.func.row_number().over(partition_by=Post.thread_id, order_by=(Post.written_at, Post.id))
    ranked = (
        sa.select(Post.id.label("id"), Post.thread_id.label("thread_id"), in_order.label("place"))
        .where(Post.thread_id.in_(list(thread_ids)), openable(actor))
        .subquery()
    )
    counted = sa.select(ranked.c.thread_id, sa.func.count()).group_by(ranked.c.thread_id)
    for thread_id, number in db.session.execute(counted):
        found[thread_id].number = int(number)
    wanted = sa.select(Post).where(Post.id.in_(sa.select(ranked.c.id).where(ranked.c.place <= MOST_ANSWERS)))
    for post in db.session.scalars(_for_threads(wanted.order_by(Post.written_at, Post.id))).unique():
        if post.thread_id is not None:
            found[post.thread_id].first.append(post)
    return found


def list_answers(actor: Actor, post: Post) -> Sequence[Post]:
    """Return what the actor reads beneath one post, in the order it was written."""
    wanted = sa.select(Post).where(Post.thread_id == post.id, openable(actor))
    in_order = wanted.order_by(Post.written_at, Post.id).limit(MOST_ON_PAGE)
    return db.session.scalars(_for_threads(in_order)).unique().all()
