"""People's words about decisions: proposals in their versions, statements. The one place where they are kept.

Whoever writes says in which language; nothing is corrected or prettified (R-01).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import check_tag
from app.decisions.models import Decision, Proposal, ProposalVersion, Statement, StatementKind
from app.extensions import db

LONGEST = 20_000
"""Characters of a proposal or a statement."""


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote, and in which language."""

    body: str
    language: str

    @property
    def is_empty(self) -> bool:
        return not self.body.strip()


def checked(words: Words, missing: object) -> Words:
    """Return words as they are kept. Raises `RuleBroken` at `body` (none, too many) and `language` (unknown)."""
    body = unicodedata.normalize("NFC", words.body)
    if words.is_empty:
        raise RuleBroken(missing, field="body")
    if len(body) > LONGEST:
        raise RuleBroken(
            _l(
                "This has %(count)s characters, and there is room for %(longest)s. Shorten it by %(over)s.",
                count=len(body),
                longest=LONGEST,
                over=len(body) - LONGEST,
            ),
            field="body",
        )
    return Words(body, check_tag(words.language))


def write_proposal(actor: Actor, decision: Decision, words: Words, *, now: datetime) -> Proposal:
    """Keep the first version of a proposal."""
    words = checked(words, _l("Write what you propose, in a few sentences."))
    proposal = Proposal(id=uuid4(), author_id=actor.person_id, language=words.language, written_at=now)
    proposal.versions = [ProposalVersion(number=1, body=words.body, written_at=now)]
    decision.proposal = proposal
    return proposal


def redraft(decision: Decision, words: Words, *, now: datetime) -> None:
    """Write a draft anew: nobody was asked about the words that go."""
    words = checked(words, _l("Write what you propose, in a few sentences."))
    decision.proposal.language = words.language
    draft = decision.proposal.versions[-1]
    draft.body, draft.written_at = words.body, now


def write_version(decision: Decision, words: Words, *, now: datetime) -> ProposalVersion:
    """Keep an amendment as the next version, in the language of the proposal."""
    words = checked(words, _l("Write the proposal as it reads now."))
    version = ProposalVersion(number=decision.version, body=words.body, written_at=now)
    decision.proposal.versions.append(version)
    return version


def body_of(decision: Decision, number: int) -> str:
    """Return the words of one version."""
    return next(version.body for version in decision.proposal.versions if version.number == number)


def write_statement(
    actor: Actor,
    decision: Decision,
    kind: StatementKind,
    words: Words,
    *,
    missing: object,
    organisation_id: UUID | None = None,
    answers: Statement | None = None,
    is_late: bool = False,
    now: datetime,
) -> Statement:
    """Keep what somebody said; `missing` is the sentence for no words at all."""
    words = checked(words, missing)
    statement = Statement(
        id=uuid4(),
        decision_id=decision.id,
        kind=kind,
        version=decision.version,
        organisation_id=organisation_id,
        answers_id=answers.id if answers is not None else None,
        is_late=is_late,
        author_id=actor.person_id,
        language=words.language,
        body=words.body,
        written_at=now,
    )
    db.session.add(statement)
    db.session.flush()
    return statement
