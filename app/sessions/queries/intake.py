"""The questions of a track's application form."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from app.core.errors import NotFound
from app.extensions import db
from app.sessions.models import IntakeQuestion, Track


def list_questions(track: Track) -> list[IntakeQuestion]:
    """Return the questions asked now, in their order."""
    return list(
        db.session.scalars(
            sa.select(IntakeQuestion)
            .where(IntakeQuestion.track_id == track.id, IntakeQuestion.removed_at.is_(None))
            .order_by(IntakeQuestion.position, IntakeQuestion.id)
        )
    )


def get_question(track: Track, question_id: UUID) -> IntakeQuestion:
    """Return a question that is asked now; raises `NotFound`."""
    question = db.session.scalar(
        sa.select(IntakeQuestion).where(
            IntakeQuestion.id == question_id,
            IntakeQuestion.track_id == track.id,
            IntakeQuestion.removed_at.is_(None),
        )
    )
    if question is None:
        raise NotFound
    return question


def questions_by_id(ids: Iterable[UUID]) -> dict[UUID, IntakeQuestion]:
    """Return questions by id, those that are asked no more included: their answers still stand."""
    rows = db.session.scalars(sa.select(IntakeQuestion).where(IntakeQuestion.id.in_(list(ids))))
    return {question.id: question for question in rows}
