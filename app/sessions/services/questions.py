"""The few questions of a track's application form, and what an answer to them must be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.sessions import queries
from app.sessions.models import IntakeQuestion, QuestionKind, Track
from app.sessions.services.places import lock_intake

MOST_QUESTIONS = 8
LONGEST_PROMPT = 300
LONGEST_ANSWER = {QuestionKind.LINE: 300, QuestionKind.TEXT: 3_000, QuestionKind.YES_NO: 3}
YES, NO = "yes", "no"


class QuestionNeedsWords(RuleBroken):
    """A question without a sentence in any language, or with one that is too long."""


class TooManyQuestions(RuleBroken):
    """An application form is read on a phone: it stays short."""


class AnswerMissing(RuleBroken):
    """A question that must be answered was not, or its answer is too long."""


def answer_field(question_id: UUID) -> str:
    """Return the name of the form field of a question."""
    return f"answer_{question_id.hex}"


def check_answers(questions: Iterable[IntakeQuestion], answers: Mapping[UUID, str]) -> dict[UUID, str]:
    """Return the answers worth keeping, in the order of the questions. Raises `AnswerMissing` at the first field that
    lacks one."""
    kept = {}
    for question in questions:
        words = answers.get(question.id, "").strip()
        if problem := problem_with(question, words):
            raise AnswerMissing(problem, field=answer_field(question.id))
        if words:
            kept[question.id] = words
    return kept


def problem_with(question: IntakeQuestion, words: str) -> Any:
    """Return what is wrong with an answer, as a sentence; "" where nothing is."""
    is_yes_no = question.kind is QuestionKind.YES_NO
    if is_yes_no and words and words not in (YES, NO):
        return _l("Answer yes or no.")
    if question.is_required and not words:
        return _l("Answer yes or no.") if is_yes_no else _l("The facilitators need an answer to this question.")
    if len(words) > LONGEST_ANSWER[question.kind]:
        return _l("Use at most %(most)s letters.", most=LONGEST_ANSWER[question.kind])
    return ""


def check_prompts(prompts: Mapping[str, str], field: str = "") -> dict[str, str]:
    """Return the sentences that say something, by language. Raises `QuestionNeedsWords`."""
    kept = {language: text.strip() for language, text in prompts.items() if text.strip()}
    field = field or f"name_{next(iter(prompts), 'en')}"
    if not kept:
        raise QuestionNeedsWords(_l("Write the question in one language at least."), field=field)
    if max(map(len, kept.values())) > LONGEST_PROMPT:
        raise QuestionNeedsWords(_l("Use at most %(most)s letters.", most=LONGEST_PROMPT), field=field)
    return kept


def add_question(
    actor: Actor, track: Track, *, kind: QuestionKind, prompts: Mapping[str, str], is_required: bool, now: datetime
) -> IntakeQuestion:
    """Ask one question more of those who apply from now on. Raises `QuestionNeedsWords`, `TooManyQuestions`."""
    require(actor, "sessions.manage_intake", track)
    kept = check_prompts(prompts)
    lock_intake(track)
    known = queries.list_questions(track)
    if len(known) >= MOST_QUESTIONS:
        raise TooManyQuestions(
            _l("A form has at most %(most)s questions. Remove one before you add another.", most=MOST_QUESTIONS)
        )
    question = IntakeQuestion(
        track_id=track.id,
        position=known[-1].position + 1 if known else 0,
        kind=kind,
        prompts=kept,
        is_required=is_required,
    )
    db.session.add(question)
    db.session.flush()
    audit.record(actor, "sessions.question.added", "track", track.id, {"question": str(question.id)}, now=now)
    return question


def remove_question(actor: Actor, track: Track, question: IntakeQuestion, *, now: datetime) -> IntakeQuestion:
    """Ask a question no more; the answers given stay readable beside it. Removing twice changes nothing."""
    require(actor, "sessions.manage_intake", track)
    removing = sa.update(IntakeQuestion).where(
        IntakeQuestion.id == question.id, IntakeQuestion.track_id == track.id, IntakeQuestion.removed_at.is_(None)
    )
    if change_rows(removing.values(removed_at=now)) == 1:
        audit.record(actor, "sessions.question.removed", "track", track.id, {"question": str(question.id)}, now=now)
    return question
