"""People's words about decisions: proposals in their versions, statements. The one place where they are begun; they are
originals, so that translations stand beside them (R-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import check_tag, is_blank
from app.decisions.models import Decision, Intent, Proposal, Statement, Wording
from app.extensions import db
from app.originals import services as originals
from app.originals.models import OriginalVersion
from app.originals.words import as_written, check_body
from app.workinggroups.keys import group_key


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote, and in which language."""

    body: str
    language: str

    @property
    def is_empty(self) -> bool:
        return is_blank(self.body)


def _check(words: Words, missing: object) -> None:
    if words.is_empty:
        raise RuleBroken(missing, field="body")


def write_proposal(actor: Actor, decision: Decision, words: Words, *, missing: object, now: datetime) -> Proposal:
    """Keep the first version of a proposal; `missing` is the sentence for no words at all. Raises `RuleBroken` at
    `body` and `language`."""
    _check(words, missing)
    proposal = originals.begin(
        actor,
        Proposal(id=uuid4()),
        body=words.body,
        language=words.language,
        audience=group_key(decision.group_id),
        now=now,
    )
    decision.proposal = proposal
    return proposal


def sign(actor: Actor, decision: Decision) -> None:
    """Keep who wrote the words that stand now."""
    db.session.merge(Wording(decision_id=decision.id, version=decision.version, written_by=actor.person_id))


def redraft(actor: Actor, decision: Decision, words: Words, *, missing: object, now: datetime) -> None:
    """Write a draft anew in its place: nobody was asked about the words that go. Raises as `write_proposal`."""
    _check(words, missing)
    check_body(as_written(words.body))
    proposal = decision.proposal
    if not is_unchanged(decision, words):
        sign(actor, decision)
    proposal.language, proposal.changed_at = check_tag(words.language), now
    proposal.versions.clear()
    db.session.flush()
    proposal.versions.append(OriginalVersion(number=1, body=as_written(words.body), written_at=now))


def amend(actor: Actor, decision: Decision, words: Words, *, missing: object, now: datetime) -> None:
    """Keep an amendment as the next version, in the language of the proposal, whoever of those who may writes it: the
    proposal is the group's to amend. Raises `RuleBroken` at `body`."""
    _check(words, missing)
    body = as_written(words.body)
    check_body(body)
    proposal = decision.proposal
    proposal.version, proposal.changed_at = decision.version, now
    proposal.versions.append(OriginalVersion(number=decision.version, body=body, written_at=now))
    sign(actor, decision)


def is_unchanged(decision: Decision, words: Words) -> bool:
    """Whether words are those that stand, but for blanks around them."""
    return as_written(words.body).strip() == decision.proposal.versions[-1].body.strip()


def body_of(decision: Decision, number: int) -> str:
    """Return the words of one version; "" where their author took them away for good."""
    return next((version.body for version in decision.proposal.versions if version.number == number), "")


def write_statement(
    actor: Actor,
    decision: Decision,
    intent: Intent,
    words: Words,
    *,
    missing: object,
    organisation_id: UUID | None = None,
    answers: Statement | None = None,
    is_late: bool = False,
    now: datetime,
) -> Statement:
    """Keep what somebody said. Raises as `write_proposal`."""
    _check(words, missing)
    statement = Statement(
        id=uuid4(),
        decision_id=decision.id,
        intent=intent,
        about_version=decision.version,
        organisation_id=organisation_id,
        answers_id=answers.id if answers is not None else None,
        is_late=is_late,
    )
    originals.begin(
        actor,
        statement,
        body=words.body,
        language=words.language,
        audience=group_key(decision.group_id),
        now=now,
    )
    db.session.add(statement)
    db.session.flush()
    return statement
