"""Questions, answers and reactions. What comes after the end of its window is kept and marked (R-22), until the
decision is settled."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.decisions import telling, texts
from app.decisions.models import Decision, Intent, Stage, Statement, WindowKind
from app.decisions.services.locking import check_not_settled, lock
from app.decisions.texts import Words
from app.workinggroups.queries import find_membership


class NotAskedYet(RuleBroken):
    """The window for this has not been opened."""


class NothingToAnswer(RuleBroken):
    """Questions and objections are answered, nothing else."""


def ask(actor: Actor, decision: Decision, words: Words, *, now: datetime) -> Statement:
    """Ask what the proposal means; everybody inside may. Raises `NotAskedYet`, `Settled`, `RuleBroken` at `body` and
    `language`."""
    require(actor, "decisions.ask", decision)
    lock(decision)
    check_not_settled(decision)
    if decision.stage is Stage.DRAFTED:
        raise NotAskedYet(_l("This is a draft. Questions are asked once it is opened."))
    is_late = _is_over(decision, WindowKind.CLARIFICATION, now)
    missing = _l("Write your question.")
    return _say(actor, decision, Intent.QUESTION, words, missing=missing, is_late=is_late, now=now)


def react(actor: Actor, decision: Decision, words: Words, *, now: datetime) -> Statement:
    """Say what one thinks of the proposal. Raises as `ask`."""
    require(actor, "decisions.take_part", decision)
    lock(decision)
    check_not_settled(decision)
    if decision.stage in (Stage.DRAFTED, Stage.CLARIFICATION):
        raise NotAskedYet(_l("Questions come first. Reactions are asked for after them."), rule="R-23")
    is_late = _is_over(decision, WindowKind.REACTIONS, now)
    missing = _l("Write what you think of the proposal.")
    return _say(actor, decision, Intent.REACTION, words, missing=missing, is_late=is_late, now=now)


def answer(actor: Actor, decision: Decision, statement: Statement, words: Words, *, now: datetime) -> Statement:
    """Answer a question, or say how an objection was answered. The objection stays: only its organisation withdraws
    it.

    Raises `NothingToAnswer`, `Settled`, `RuleBroken` at `body` and `language`.
    """
    require(actor, "decisions.answer", decision)
    lock(decision)
    check_not_settled(decision)
    if statement.decision_id != decision.id or statement.intent not in (Intent.QUESTION, Intent.REASON):
        raise NothingToAnswer(_l("Questions and objections are answered. Write a reaction instead."))
    said = _say(actor, decision, Intent.ANSWER, words, missing=_l("Write the answer."), answers=statement, now=now)
    telling.tell_answered(actor, decision, statement, said, now=now)
    return said


def _is_over(decision: Decision, kind: WindowKind, now: datetime) -> bool:
    ends = [window.moment.until for window in decision.windows if window.kind is kind]
    return bool(ends) and now > max(ends)


def _say(
    actor: Actor,
    decision: Decision,
    intent: Intent,
    words: Words,
    *,
    missing: object,
    answers: Statement | None = None,
    is_late: bool = False,
    now: datetime,
) -> Statement:
    said = texts.write_statement(
        actor,
        decision,
        intent,
        words,
        missing=missing,
        organisation_id=organisation_of(actor, decision),
        answers=answers,
        is_late=is_late,
        now=now,
    )
    audit.record(actor, f"decisions.{intent.value}.said", "decision", decision.id, {"late": is_late}, now=now)
    return said


def organisation_of(actor: Actor, decision: Decision) -> UUID | None:
    """Return the organisation for which somebody takes part in the group."""
    place = find_membership(decision.group, actor.person_id)
    return place.organisation_id if place is not None else None
