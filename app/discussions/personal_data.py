"""What topics hold about a person: handed out whole, moved to another row of the same person. Posts are moved and
erased with all originals."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.registries import Holding
from app.discussions.models import Post, PostWithholding, Topic
from app.extensions import db
from app.originals.exporting import exported

HOLDINGS = {"posts": Holding(_l("What you wrote in topics of working groups, in all versions"))}


def export_person(person_id: UUID) -> dict[str, Any]:
    """Return what a person wrote, withdrawn words included, and why some was taken out of sight."""
    written = db.session.scalars(
        sa.select(Post).where(Post.author_id == person_id).order_by(Post.written_at, Post.id)
    ).all()
    withheld: dict[UUID, list[dict[str, str]]] = defaultdict(list)
    about = sa.select(PostWithholding).where(PostWithholding.post_id.in_([post.id for post in written]))
    for row in db.session.scalars(about.order_by(PostWithholding.at)):
        withheld[row.post_id].append(
            {"reason": row.reason, "at": row.at.isoformat(), "asked": row.plea, "answer": row.answer}
        )
    return {
        "posts": [
            exported(post)
            | {
                "group": post.topic.slug,
                "topic": str(post.topic_id),
                "title": post.title,
                "answers": post.answers_id and str(post.answers_id),
                "kept_from_readers": withheld[post.id],
            }
            for post in written
        ]
    }


def merge_person(kept_id: UUID, gone_id: UUID, _now: datetime) -> None:
    """Move what one person decided to another."""
    for column in (Topic.closed_by, PostWithholding.by_id, PostWithholding.answered_by):
        db.session.execute(
            sa.update(column.class_).where(column == gone_id).values({column.key: kept_id}),
            execution_options={"synchronize_session": "fetch"},
        )


def erase_person(_person_id: UUID, _now: datetime) -> None:
    """Nothing here: posts become shells with all originals (R-01), and decisions keep the number of a person without a
    name."""
