"""Topics of a group. A topic is there for whoever reads a post of it: one whose only words were taken back is not, and
who left the group finds those in which they wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Page, fetch_page
from app.discussions.models import Post, Topic
from app.discussions.queries.seeing import openable
from app.extensions import db
from app.workinggroups.models import WorkingGroup

LIST_SIZE = 20
MOST_PINNED = 20


def _is_there(actor: Actor) -> sa.ColumnElement[bool]:
    return Topic.id.in_(sa.select(Post.topic_id).where(openable(actor)))


def _of(actor: Actor, group: WorkingGroup) -> sa.Select[Topic]:
    return sa.select(Topic).where(Topic.group_id == group.id, _is_there(actor))


def get_visible_topic(actor: Actor, slug: str, topic_id: UUID) -> Topic:
    """Return a topic of the group at an address, in which the actor reads something; raises `NotFound`."""
    found = db.session.scalar(
        sa.select(Topic)
        .join(WorkingGroup, WorkingGroup.id == Topic.group_id)
        .where(Topic.id == topic_id, WorkingGroup.slug == slug, _is_there(actor))
    )
    if found is None:
        raise NotFound
    return found


def list_pinned(actor: Actor, group: WorkingGroup) -> Sequence[Topic]:
    """Return what those who run the group pinned, where somebody wrote last first."""
    pinned = _of(actor, group).where(Topic.is_pinned).order_by(Topic.last_at.desc(), Topic.id.desc())
    return db.session.scalars(pinned.limit(MOST_PINNED)).all()


def page_of_topics(actor: Actor, group: WorkingGroup, *, cursor: str = "") -> Page[Topic]:
    """Return one page of the others, where somebody wrote last first."""
    others = _of(actor, group).where(sa.not_(Topic.is_pinned))
    return fetch_page(others, key=Topic.last_at, row_id=Topic.id, cursor=cursor, newest_first=True, size=LIST_SIZE)


def list_newest(actor: Actor, group: WorkingGroup, *, limit: int) -> Sequence[Topic]:
    """Return the topics where somebody wrote last, pinned or not."""
    newest = _of(actor, group).order_by(Topic.last_at.desc(), Topic.id.desc())
    return db.session.scalars(newest.limit(limit)).all()


def count_topics(actor: Actor, group: WorkingGroup) -> int:
    counting = sa.select(sa.func.count()).select_from(Topic).where(Topic.group_id == group.id, _is_there(actor))
    return db.session.scalar(counting) or 0


def count_own_posts(actor: Actor, group: WorkingGroup) -> int:
    """Return how many posts in a group are the actor's own."""
    if actor.person_id is None:
        return 0
    mine = (
        sa.select(sa.func.count(Post.id))
        .join(Topic, Topic.id == Post.topic_id)
        .where(Topic.group_id == group.id, Post.author_id == actor.person_id)
    )
    return db.session.scalar(mine) or 0


def openings_of(actor: Actor, topic_ids: Iterable[UUID]) -> dict[UUID, Post]:
    """Return what the actor reads of the posts that opened many topics: their titles. In one query."""
    wanted = (
        sa.select(Post)
        .options(lazyload(Post.versions), lazyload(Post.translations), lazyload(Post.topic))
        .where(Post.is_opening, Post.topic_id.in_(list(topic_ids)), openable(actor))
    )
    return {post.topic_id: post for post in db.session.scalars(wanted)}
