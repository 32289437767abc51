"""Proposals and statements as kinds of originals: what `app.originals` asks of whatever people write."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import url_for

from app.core import searching
from app.core.actors import Actor
from app.decisions import policy, telling
from app.decisions.blueprint import blueprint
from app.decisions.models import Intent, Proposal, Stage, Statement
from app.extensions import db
from app.originals import kinds
from app.originals.kinds import OriginalKind
from app.originals.models import Original
from app.originals.pages import mount
from app.workinggroups.keys import mates_of, of_own_groups

PROPOSAL, STATEMENT = "proposal", "statement"


def page_of_proposal(proposal: Proposal, beside: str | None = None) -> str:
    """Return the page of the decision, with the translation of its proposal into a language laid beside it."""
    values: dict[str, Any] = {"with": beside}
    decision = proposal.decision
    return url_for("decisions.show", slug=decision.group.slug, decision_id=decision.id, **values)


def page_of_statement(statement: Statement, beside: str | None = None) -> str:
    """Return the page of one statement."""
    values: dict[str, Any] = {"with": beside}
    slug = statement.decision.group.slug
    return url_for("decisions.show_statement", slug=slug, statement_id=statement.id, **values)


def place_of(text: Proposal | Statement) -> dict[str, Any]:
    return {"slug": text.decision.group.slug}


def takes_part(actor: Actor, text: Proposal | Statement) -> bool:
    """Everybody inside the group translates, also who is not of the network."""
    return policy.can_ask(actor, text.decision)


def taking_part(actor: Actor) -> sa.ColumnElement[bool]:
    """The same as a condition."""
    return of_own_groups(actor, Original.audience)


def proposal_is_the_groups(proposal: Proposal) -> bool:
    """What people were asked about is the group's; a draft is its author's."""
    return proposal.decision.stage is not Stage.DRAFTED


def is_said_for_others(statement: Statement) -> bool:
    """The reason that goes with a voice and its withdrawal are their organisation's, the end and the outcome of a
    decision the group's; what somebody asked, answered or thought is their own."""
    return statement.intent not in (Intent.QUESTION, Intent.ANSWER, Intent.REACTION)


def take_draft_away(_actor: Actor, proposal: Proposal, _now: datetime) -> None:
    """A draft that lost its words is no draft: nobody was asked about it, and nothing hangs on it."""
    decision = proposal.decision
    searching.changed("decision", [decision.id])
    db.session.delete(proposal)
    db.session.delete(decision)
    db.session.flush()


def register() -> None:
    kinds.register(
        OriginalKind(
            code=PROPOSAL,
            model=Proposal,
            blueprint=blueprint.name,
            page=page_of_proposal,
            place=place_of,
            takes_part=takes_part,
            taking_part=taking_part,
            outlives_author=proposal_is_the_groups,
            on_erased=take_draft_away,
            mates=mates_of,
            on_translated=telling.tell_translated,
        )
    )
    kinds.register(
        OriginalKind(
            code=STATEMENT,
            model=Statement,
            blueprint=blueprint.name,
            page=page_of_statement,
            place=place_of,
            takes_part=takes_part,
            taking_part=taking_part,
            outlives_author=is_said_for_others,
            mates=mates_of,
            on_translated=telling.tell_translated,
        )
    )


mount(blueprint, PROPOSAL, "/groups/<slug>/decisions/proposals")
mount(blueprint, STATEMENT, "/groups/<slug>/decisions/statements")
