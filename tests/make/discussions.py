"""Rows of topics for tests."""

from __future__ import annotations

from typing import Any

from app.discussions.models import Post, PostWithholding, Topic
from app.extensions import db
from app.originals.models import OriginalVersion
from app.people.models import Person
from app.workinggroups.keys import group_key
from app.workinggroups.models import WorkingGroup
from tests.conftest import START

FRENCH = "Qui vient mardi devant la mairie ?\n\nJ’apporte les affiches."
ARABIC = "سآتي مع ثلاث جارات."
SPANISH = "Yo también. ¿A qué hora?"


def make_topic(
    group: WorkingGroup,
    author: Person | None,
    title: str = "Mardi devant la mairie",
    *bodies: str,
    language: str = "fr",
    at: Any = START,
    **overrides: Any,
) -> Topic:
    """A topic with the words that opened it."""
    topic = Topic(**{"group_id": group.id, "opened_at": at, "last_at": at} | overrides)
    db.session.add(topic)
    db.session.flush()
    make_post(topic, author, *(bodies or (FRENCH,)), language=language, written_at=at, is_opening=True, title=title)
    return topic


def make_post(topic: Topic, author: Person | None, *bodies: str, answers: Post | None = None, **overrides: Any) -> Post:
    """A post with one version per body, in answer to the topic or to a post."""
    bodies = bodies or (SPANISH,)
    values = {
        "language": "es",
        "audience": group_key(topic.group_id),
        "version": len(bodies),
        "written_at": START,
        "changed_at": START,
    } | overrides
    if answers is not None:
        values |= {"answers_id": answers.id, "thread_id": answers.thread_id or answers.id}
    post = Post(topic_id=topic.id, author_id=author and author.id, **values)
    post.versions = [
        OriginalVersion(number=number, body=body, written_at=START) for number, body in enumerate(bodies, 1)
    ]
    db.session.add(post)
    db.session.flush()
    return post


def opening_of(topic: Topic) -> Post:
    return db.session.query(Post).filter_by(topic_id=topic.id, is_opening=True).one()


def make_withholding(post: Post, by: Person, **overrides: Any) -> PostWithholding:
    row = PostWithholding(
        **{"post_id": post.id, "reason": "It names somebody.", "by_id": by.id, "at": START} | overrides
    )
    post.withheld_at = START
    db.session.add(row)
    db.session.flush()
    return row
