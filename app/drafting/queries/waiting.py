"""What waits in texts: comments without an answer, texts without a keeper."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from app.core.actors import Actor
from app.drafting.models import Comment, JointText, TextKeeper, TextState
from app.extensions import db
from app.originals.queries import shown
from app.workinggroups.keys import CONTRIBUTORS, COORDINATORS, groups_named_in
from app.workinggroups.models import GroupState, WorkingGroup


def _is_kept() -> sa.ColumnElement[bool]:
    return sa.exists().where(TextKeeper.text_id == JointText.id, TextKeeper.ended_at.is_(None))


def _at_work() -> sa.ColumnElement[bool]:
    """Texts that are not finished, of groups that are not closed."""
    going_on = sa.select(WorkingGroup.id).where(WorkingGroup.state != GroupState.CLOSED)
    return sa.and_(JointText.state != TextState.ADOPTED, JointText.group_id.in_(going_on))


def list_unanswered(actor: Actor, *, limit: int) -> list[tuple[JointText, int]]:
    """Return the texts the actor keeps on which comments wait, with how many, the longest wait first. Where nobody
    keeps a text, its comments wait for whoever runs the group."""
    own = sa.exists().where(
        TextKeeper.text_id == JointText.id, TextKeeper.ended_at.is_(None), TextKeeper.person_id == actor.person_id
    )
    keeps = sa.and_(own, JointText.group_id.in_(sorted(groups_named_in(actor, CONTRIBUTORS))))
    runs = sa.and_(sa.not_(_is_kept()), JointText.group_id.in_(sorted(groups_named_in(actor, COORDINATORS))))
    waiting = (
        sa.select(Comment.text_id, sa.func.count().label("number"), sa.func.min(Comment.written_at).label("since"))
        .where(Comment.verdict.is_(None), shown(actor))
        .group_by(Comment.text_id)
        .subquery()
    )
    wanted = (
        sa.select(JointText, waiting.c.number)
        .join(waiting, waiting.c.text_id == JointText.id)
        .where(_at_work(), sa.or_(keeps, runs))
        .order_by(waiting.c.since, JointText.id)
        .limit(limit)
        .options(lazyload(JointText.group), lazyload(JointText.keepers))
    )
    return [(text, int(number)) for text, number in db.session.execute(wanted)]


def list_unkept(group_ids: set[UUID], *, limit: int) -> Sequence[JointText]:
    """Return the texts of these groups that nobody keeps, the oldest first."""
    wanted = (
        sa.select(JointText)
        .where(JointText.group_id.in_(sorted(group_ids)), _at_work(), sa.not_(_is_kept()))
        .order_by(JointText.begun_at, JointText.id)
        .limit(limit)
        .options(lazyload(JointText.group), lazyload(JointText.keepers))
    )
    return db.session.scalars(wanted).all()
