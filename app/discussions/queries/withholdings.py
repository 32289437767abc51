"""What was taken out of sight, and whose authors ask that it be shown again."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload

from app.core.actors import Actor
from app.discussions.models import Post, PostWithholding
from app.discussions.queries.seeing import openable, run_by
from app.extensions import db


def find_withholding(post: Post) -> PostWithholding | None:
    """Return why a post is out of sight now."""
    return db.session.scalar(
        sa.select(PostWithholding).where(PostWithholding.post_id == post.id, PostWithholding.lifted_at.is_(None))
    )


def list_pleas(actor: Actor, *, limit: int) -> Sequence[PostWithholding]:
    """Return the requests that wait in groups the actor runs, about what others wrote, the longest first."""
    of_others = Post.author_id.is_distinct_from(actor.person_id)
    looked_after = sa.select(Post.id).where(run_by(actor), openable(actor), Post.withdrawn_at.is_(None), of_others)
    plain = joinedload(PostWithholding.post).options(lazyload(Post.versions), lazyload(Post.translations))
    waiting = (
        sa.select(PostWithholding)
        .where(
            PostWithholding.post_id.in_(looked_after),
            PostWithholding.asked_at.is_not(None),
            PostWithholding.answered_at.is_(None),
            PostWithholding.lifted_at.is_(None),
        )
        .order_by(PostWithholding.asked_at, PostWithholding.id)
        .limit(limit)
    )
    return db.session.scalars(waiting.options(plain)).all()
