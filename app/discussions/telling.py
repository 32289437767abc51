"""Who is told what: one notice per person and fact, written in the transaction of the fact.

Whoever wrote in a topic learns that others did, once a day at most: a lively topic is no reason for twenty mails.
Whoever left the group learns nothing more of it. That a topic was opened is told to nobody.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.core import notices, registries
from app.core.actors import SECRETARIAT, Actor
from app.discussions.models import Post, PostWithholding
from app.discussions.queries import list_authors
from app.extensions import db
from app.originals.models import Translation
from app.workinggroups.keys import coordinators_key, group_key

REPLIED = "discussions.replied"
TRANSLATED = "discussions.translated"
WITHHELD = "discussions.withheld"
RELEASED = "discussions.released"
REFUSED = "discussions.refused"
ASKED = "discussions.asked_to_show"


def _tell(person_ids: set[UUID], kind: str, key: str, post: Post, *, fact: UUID, now: datetime) -> None:
    parameters: dict[str, Any] = {"post": str(post.id), "topic": str(post.topic_id), "fact": str(fact)}
    notices.tell_many(sorted(person_ids, key=str), kind, key, parameters, now=now)


def tell_replied(actor: Actor, post: Post, *, now: datetime) -> None:
    """Tell those who wrote in the topic, and are in the group still, that there are new words: per topic and day."""
    inside = registries.audience_holders(post.audience, now)
    wrote = (list_authors(post.topic) & inside) - {actor.person_id}
    _tell(wrote, REPLIED, f"{post.topic_id}@{now.date().isoformat()}", post, fact=post.topic_id, now=now)


def _tell_author(actor: Actor, post: Post, kind: str, key: str, *, fact: UUID, now: datetime) -> None:
    if post.author_id is not None:
        _tell({post.author_id} - {actor.person_id}, kind, key, post, fact=fact, now=now)


def tell_translated(actor: Actor, translation: Translation, now: datetime) -> None:
    """Tell the author that a translation waits for review."""
    post = translation.original
    if isinstance(post, Post):
        key = f"{translation.id}@{translation.written_at.isoformat()}"
        _tell_author(actor, post, TRANSLATED, key, fact=translation.id, now=now)


def tell_withheld(actor: Actor, withholding: PostWithholding, *, now: datetime) -> None:
    _tell_author(actor, withholding.post, WITHHELD, str(withholding.id), fact=withholding.id, now=now)


def tell_released(actor: Actor, withholding: PostWithholding, *, now: datetime) -> None:
    _tell_author(actor, withholding.post, RELEASED, str(withholding.id), fact=withholding.id, now=now)


def tell_refused(actor: Actor, withholding: PostWithholding, *, now: datetime) -> None:
    _tell_author(actor, withholding.post, REFUSED, str(withholding.id), fact=withholding.id, now=now)


def tell_asked(withholding: PostWithholding, *, now: datetime) -> None:
    """Tell those who run the group; where nobody does but the author, the secretariat."""
    post = withholding.post
    run = registries.audience_holders(coordinators_key(post.topic.group_id), now) - {post.author_id}
    asked = run or registries.audience_holders(SECRETARIAT, now) - {post.author_id}
    _tell(asked, ASKED, str(withholding.id), post, fact=withholding.id, now=now)


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: the words are there, and the fact still holds."""
    post = db.session.get(Post, UUID(notice.parameters["post"]))
    if post is None:
        return False
    if notice.kind == REPLIED:
        return _is_something_new(notice, post, now)
    if post.erased_at is not None or post.withdrawn_at is not None:
        return False
    fact = UUID(notice.parameters["fact"])
    if notice.kind == TRANSLATED:
        translation = db.session.get(Translation, fact)
        return translation is not None and translation.reviewed_at is None
    withholding = db.session.get(PostWithholding, fact)
    return withholding is not None and _holds(notice.kind, withholding)


def _holds(kind: str, withholding: PostWithholding) -> bool:
    if kind == RELEASED:
        return True
    return withholding.lifted_at is None and (kind != ASKED or withholding.answered_at is None)


def _is_something_new(notice: Any, post: Post, now: datetime) -> bool:
    """Whether somebody else's words since then are there, and the person may read them."""
    new = sa.exists(
        sa.select(Post.id).where(
            Post.topic_id == post.topic_id,
            Post.written_at >= notice.created_at,
            Post.author_id.is_distinct_from(notice.person_id),
            Post.withdrawn_at.is_(None),
            Post.withheld_at.is_(None),
            Post.erased_at.is_(None),
        )
    )
    is_new = bool(db.session.scalar(sa.select(new)))
    return is_new and notice.person_id in registries.audience_holders(group_key(post.topic.group_id), now)


KINDS = (REPLIED, TRANSLATED, WITHHELD, RELEASED, REFUSED, ASKED)
