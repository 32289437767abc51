"""What can be found of topics: the words of their posts, each in its language, the title before the words it opens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import searching
from app.core.searching import Document, Searchable
from app.discussions import events
from app.discussions.models import Post
from app.extensions import db
from app.originals.documents import documents_of


def documents(ids: list[UUID]) -> list[Document]:
    """The words of posts as those of any original, each as a part of its topic. A title goes with the words it was
    written with, and with no others: when these are taken back, nobody finds it."""
    wanted = sa.select(Post.id, Post.topic_id, Post.title, Post.language).where(Post.id.in_(ids))
    posts = {row.id: row for row in db.session.execute(wanted)}
    found = documents_of("post", {row.id: ("topic", row.topic_id) for row in posts.values()})
    return [
        replace(one, title=posts[one.object_id].title) if one.language == posts[one.object_id].language else one
        for one in found
    ]


def _on_change(post: Post, **_more: Any) -> None:
    searching.changed("post", [post.id])


def register() -> None:
    searching.register(
        Searchable(
            kind="post",
            one=_l("Words in a group"),
            many=_l("Words in groups"),
            documents=documents,
            list_ids=searching.pages_of(Post.id),
            order=35,
            is_voice=True,
        )
    )
    for event in events.CHANGES:
        event.connect(_on_change)
