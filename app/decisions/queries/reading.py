"""Decisions an actor may read, and what hangs on one: roll, voices, proxies, statements."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.actors import Actor
from app.core.audiences import sees
from app.core.errors import NotFound
from app.decisions.models import Decision, GivenVoice, Intent, Proxy, RollLine, Statement, Wording
from app.extensions import db
from app.people.models import Person
from app.workinggroups.keys import group_key
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import is_inside


def get_visible_decision(actor: Actor, decision_id: UUID) -> Decision:
    """Return a decision of a group the actor is inside of; raises `NotFound`."""
    decision = db.session.get(Decision, decision_id)
    if decision is None or not is_inside(actor, decision.group):
        raise NotFound
    return decision


def list_decisions(actor: Actor, group: WorkingGroup) -> list[Decision]:
    """Return the decisions of a group, the newest first; none for those outside."""
    if not is_inside(actor, group):
        return []
    return list(
        db.session.scalars(
            sa.select(Decision)
            .where(Decision.group_id == group.id)
            .order_by(Decision.created_at.desc(), Decision.id.desc())
        )
    )


def list_readable(actor: Actor, decision_ids: Iterable[UUID]) -> list[Decision]:
    """Return those of many decisions that the actor may read."""
    rows = db.session.scalars(sa.select(Decision).where(Decision.id.in_(list(decision_ids))))
    return [row for row in rows if sees(actor, group_key(row.group_id))]


def roll_of(decision: Decision) -> dict[UUID, RollLine]:
    """Return the roll by organisation, in the order of their names."""
    rows = db.session.scalars(sa.select(RollLine).where(RollLine.decision_id == decision.id))
    ordered = sorted(rows, key=lambda line: (next(iter(line.names.values()), ""), str(line.organisation_id)))
    return {line.organisation_id: line for line in ordered}


def writers_of(decision: Decision) -> dict[int, Person | None]:
    """Return who wrote which version of a proposal; None for who left the house."""
    rows = sa.select(Wording).where(Wording.decision_id == decision.id).options(joinedload(Wording.writer))
    return {row.version: row.writer for row in db.session.scalars(rows)}


def voices_of(decision: Decision) -> list[GivenVoice]:
    """Return every voice on record, of all versions, replaced and late ones too, in the order they were given."""
    return list(
        db.session.scalars(
            sa.select(GivenVoice)
            .where(GivenVoice.decision_id == decision.id)
            .options(joinedload(GivenVoice.giver), joinedload(GivenVoice.words), joinedload(GivenVoice.withdrawal))
            .order_by(GivenVoice.given_at, GivenVoice.id)
        )
    )


def proxies_of(decision: Decision) -> list[Proxy]:
    """Return every proxy on record, revoked ones too, in the order they were given."""
    return list(
        db.session.scalars(
            sa.select(Proxy)
            .where(Proxy.decision_id == decision.id)
            .options(joinedload(Proxy.recorder))
            .order_by(Proxy.given_at, Proxy.id)
        )
    )


def find_standing(decision: Decision, organisation_id: UUID, *, is_late: bool = False) -> GivenVoice | None:
    """Return the voice of an organisation that stands for the current version; in time, or late."""
    return db.session.scalar(
        sa.select(GivenVoice).where(
            GivenVoice.decision_id == decision.id,
            GivenVoice.version == decision.version,
            GivenVoice.organisation_id == organisation_id,
            GivenVoice.is_late.is_(is_late),
            GivenVoice.replaced_at.is_(None),
        )
    )


def find_proxy(decision: Decision, giver_id: UUID) -> Proxy | None:
    """Return to whom an organisation gave its voice, as long as that was not revoked."""
    return db.session.scalar(
        sa.select(Proxy).where(Proxy.decision_id == decision.id, Proxy.giver_id == giver_id, Proxy.revoked_at.is_(None))
    )


def statements_of(decision: Decision) -> list[Statement]:
    """Return everything that was said, in the order it was said."""
    return list(
        db.session.scalars(
            sa.select(Statement)
            .where(Statement.decision_id == decision.id)
            .options(joinedload(Statement.author))
            .order_by(Statement.written_at, Statement.id)
        )
    )


def get_statement(decision: Decision, statement_id: UUID) -> Statement:
    """Return one statement about this decision; raises `NotFound`."""
    statement = db.session.get(Statement, statement_id)
    if statement is None or statement.decision_id != decision.id:
        raise NotFound
    return statement


def find_statement(decision: Decision, intent: Intent) -> Statement | None:
    """Return the one statement of a kind that is made once: the outcome, why it was laid down."""
    return db.session.scalar(
        sa.select(Statement).where(Statement.decision_id == decision.id, Statement.intent == intent).limit(1)
    )
