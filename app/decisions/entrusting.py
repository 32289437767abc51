"""Whose voice may be given to whom, as the pages offer it: only what the service would take (R-23)."""

from __future__ import annotations

from collections import Counter

from app.core.actors import Actor
from app.decisions import policy
from app.decisions.models import Stage
from app.decisions.showing import RollShown, Shown
from app.people.keys import mandated_for


def givers(actor: Actor, one: Shown) -> list[RollShown]:
    """Return the organisations that have not spoken, hold no other voice and gave theirs to nobody: the reader's own,
    and all of them for whoever runs the group, who may have seen their written papers. None where it is too late."""
    decision = one.decision
    asked_over = one.is_over and decision.stage is Stage.OBJECTIONS
    if decision.is_settled or asked_over or not decision.proxies_per_holder:
        return []
    if not policy.can_record_proxy(actor, decision):
        return []
    leads, speaks = policy.can_lead(actor, decision), mandated_for(actor)
    busy = one.held.keys() | set(one.held.values())
    return [
        line
        for line in one.roll
        if (leads or line.organisation_id in speaks) and line.voice is None and line.organisation_id not in busy
    ]


def holders(one: Shown, offered: list[RollShown]) -> list[RollShown]:
    """Return the organisations that may hold one more voice; an only giver is not offered to itself."""
    holds = Counter(one.held.values())
    found = [
        line
        for line in one.roll
        if line.organisation_id not in one.held and holds[line.organisation_id] < one.decision.proxies_per_holder
    ]
    return [line for line in found if line is not offered[0]] if len(offered) == 1 else found


def hands_on(actor: Actor, one: Shown) -> bool:
    """Whether the way to give a voice to another organisation leads anywhere for the reader."""
    offered = givers(actor, one)
    return bool(offered and holders(one, offered))
