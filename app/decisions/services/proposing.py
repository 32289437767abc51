"""A proposal before it is opened: written down, changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from flask_babel import lazy_gettext as _l

from app.core import audit, searching
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import is_blank, one_line
from app.core.permissions import require
from app.decisions import events, texts
from app.decisions.models import Decision, Stage
from app.decisions.services.locking import lock
from app.decisions.texts import Words
from app.extensions import db
from app.workinggroups.models import WorkingGroup

LONGEST_TITLE = 160
MOST_PROXIES = 20
LARGEST_QUORUM = 10_000
"""More organisations than any network of this house has: a number that was mistyped."""

NO_TITLE = _l("Write in a few words what is decided.")
NO_PROPOSAL = _l("Write what you propose, in a few sentences.")


class OpenedAlready(RuleBroken):
    """What people were asked about is amended, not written anew."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A proposal as it is drafted. `quorum`: how many organisations must have spoken; `proxies_per_holder`: how many
    voices of others one organisation may hold."""

    title: str
    words: Words
    quorum: int
    proxies_per_holder: int = 1


def propose(actor: Actor, group: WorkingGroup, plan: Plan, *, now: datetime) -> Decision:
    """Write a proposal down, as a draft. Raises `RuleBroken` at `title`, `body`, `language`, `quorum`, `proxies`."""
    require(actor, "decisions.propose", group)
    decision = Decision(id=uuid4(), group_id=group.id, stage=Stage.DRAFTED, version=1, created_at=now)
    decision.group = group
    _set_plan(decision, plan)
    texts.write_proposal(actor, decision, plan.words, missing=NO_PROPOSAL, now=now)
    db.session.add(decision)
    db.session.flush()
    texts.sign(actor, decision)
    _record(actor, "drafted", decision, now)
    events.decision_drafted.send(decision, actor=actor, now=now)
    return decision


def change_draft(actor: Actor, decision: Decision, plan: Plan, *, now: datetime) -> Decision:
    """Write a draft anew. Raises `OpenedAlready`, else as `propose`: the quorum stands once people were asked."""
    require(actor, "decisions.change", decision)
    lock(decision)
    if decision.stage is not Stage.DRAFTED:
        raise OpenedAlready(
            _l("This is open already: its title and its quorum stand. Amend the proposal instead."), rule="R-23"
        )
    _set_plan(decision, plan)
    texts.redraft(actor, decision, plan.words, missing=NO_PROPOSAL, now=now)
    db.session.flush()
    _record(actor, "redrafted", decision, now)
    return decision


def _set_plan(decision: Decision, plan: Plan) -> None:
    title = one_line(plan.title)
    if is_blank(title):
        raise RuleBroken(NO_TITLE, field="title")
    if len(title) > LONGEST_TITLE:
        raise RuleBroken(_l("Write at most %(count)s letters.", count=LONGEST_TITLE), field="title")
    if plan.quorum < 1:
        raise RuleBroken(_l("At least one organisation must have spoken."), field="quorum", rule="R-23")
    if plan.quorum > LARGEST_QUORUM:
        raise RuleBroken(_l("Choose a number from 1 to %(most)s.", most=LARGEST_QUORUM), field="quorum", rule="R-23")
    if not 0 <= plan.proxies_per_holder <= MOST_PROXIES:
        raise RuleBroken(_l("Choose a number from 0 to %(most)s.", most=MOST_PROXIES), field="proxies")
    decision.title, decision.quorum, decision.proxies_per_holder = title, plan.quorum, plan.proxies_per_holder


def _record(actor: Actor, act: str, decision: Decision, now: datetime) -> None:
    searching.changed("decision", [decision.id])
    facts = {"quorum": decision.quorum}
    audit.record(actor, f"decisions.decision.{act}", "decision", decision.id, facts, now=now)
