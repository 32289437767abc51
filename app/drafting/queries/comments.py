"""What was said about texts. Who reads it: as every original (`app.originals.queries`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload, selectinload

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Page, fetch_page
from app.drafting.models import Comment, JointText
from app.extensions import db
from app.originals.models import Translation
from app.originals.queries import get_visible_original, light, readable, shown

LIST_SIZE = 20

MOST_ON_PARAGRAPH = 100
"""So many comments stand on the page of one paragraph."""


def _for_threads(wanted: sa.Select[Any]) -> sa.Select[Any]:
    """Load what a list of comments prints: who wrote, who answered, and translations whole, with who made them."""
    translators = selectinload(Comment.translations).joinedload(Translation.translator)
    return wanted.options(
        lazyload(Comment.versions),
        lazyload(Comment.text),
        *light(joinedload(Comment.author)),
        *light(joinedload(Comment.answerer)),
        *light(translators),
    )


def get_visible_comment(actor: Actor, comment_id: UUID, slug: str | None = None) -> Comment:
    """Return a comment this actor may read, of the group at an address where one is given; raises `NotFound`."""
    found = get_visible_original(actor, comment_id, Comment)
    if slug is not None and found.text.slug != slug:
        raise NotFound
    return found


def list_readable_comments(actor: Actor, comment_ids: Collection[UUID]) -> Sequence[Comment]:
    """Return those of many comments that the actor reads, with who wrote them."""
    plain = (lazyload(Comment.versions), lazyload(Comment.translations), *light(joinedload(Comment.author)))
    wanted = sa.select(Comment).where(Comment.id.in_(comment_ids), readable(actor)).options(*plain)
    return db.session.scalars(wanted).unique().all()


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a comment stands, without its words."""

    id: UUID
    about_version: int
    paragraph: int
    digest: str
    is_open: bool
    settled_in: int | None


def marks_of(actor: Actor, text: JointText) -> list[Mark]:
    """Return where the comments on a text stand that the actor reads, the oldest first."""
    wanted = (
        sa.select(
            Comment.id,
            Comment.about_version,
            Comment.paragraph,
            Comment.digest,
            Comment.verdict.is_(None).label("is_open"),
            Comment.settled_in,
        )
        .where(Comment.text_id == text.id, shown(actor))
        .order_by(Comment.written_at, Comment.id)
    )
    return [Mark(*row) for row in db.session.execute(wanted)]


def list_comments(actor: Actor, comment_ids: Collection[UUID]) -> Sequence[Comment]:
    """Return many comments as a page prints them, the oldest first."""
    wanted = sa.select(Comment).where(Comment.id.in_(comment_ids), readable(actor))
    in_order = wanted.order_by(Comment.written_at, Comment.id).limit(MOST_ON_PARAGRAPH)
    return db.session.scalars(_for_threads(in_order)).unique().all()


def page_of_comments(
    actor: Actor,
    text: JointText,
    *,
    only_open: bool = False,
    settled_in: int | None = None,
    cursor: str = "",
    size: int = LIST_SIZE,
) -> Page[Comment]:
    """Return one page of the comments on a text, the oldest first; only those without an answer, or those whose answer
    went into one version, where asked."""
    wanted = sa.select(Comment).where(Comment.text_id == text.id, readable(actor))
    if only_open:
        wanted = wanted.where(Comment.verdict.is_(None))
    if settled_in is not None:
        wanted = wanted.where(Comment.settled_in == settled_in)
    return fetch_page(_for_threads(wanted), key=Comment.written_at, row_id=Comment.id, cursor=cursor, size=size)


def count_comments(actor: Actor, text: JointText, *, only_open: bool = False) -> int:
    wanted = sa.select(sa.func.count()).select_from(Comment).where(Comment.text_id == text.id, shown(actor))
    if only_open:
        wanted = wanted.where(Comment.verdict.is_(None))
    return db.session.scalar(wanted) or 0


@dataclass(slots=True)
class Figures:
    """How many comments a text has, and how many of them wait for an answer."""

    comments: int = 0
    open: int = 0


def figures_of(actor: Actor, texts: Sequence[JointText]) -> dict[UUID, Figures]:
    """Return the figures of many texts in one query; a text without comments has none."""
    unanswered = sa.func.sum(sa.case((Comment.verdict.is_(None), 1), else_=0))
    wanted = (
        sa.select(Comment.text_id, sa.func.count(), unanswered)
        .where(Comment.text_id.in_([text.id for text in texts]), shown(actor))
        .group_by(Comment.text_id)
    )
    found: dict[UUID, Figures] = defaultdict(Figures)
    for text_id, number, waiting in db.session.execute(wanted):
        found[text_id] = Figures(int(number), int(waiting))
    return found
