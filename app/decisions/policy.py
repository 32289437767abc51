"""Who may do what with decisions. Pure answers from the actor's keys and the row in hand; nothing is queried.

Whether somebody speaks for an organisation of the roll is no question of keys alone: the service looks at the mandate
and its days, and refuses in words.
"""

from __future__ import annotations

from app.core import permissions
from app.core.actors import Actor
from app.decisions.models import Decision
from app.workinggroups.keys import group_key
from app.workinggroups.models import GroupState, WorkingGroup
from app.workinggroups.policy import can_contribute, can_run, is_inside


def can_read(actor: Actor, decision: Decision) -> bool:
    """Everybody inside the group: members, guests, observers, and the secretariat."""
    return is_inside(actor, decision.group)


def can_propose(actor: Actor, group: WorkingGroup) -> bool:
    """Members, guests and coordinators of a group that is not closed."""
    return can_contribute(actor, group)


def is_proposer(actor: Actor, decision: Decision) -> bool:
    """Whose words the proposal is."""
    return actor.person_id is not None and decision.proposal.author_id == actor.person_id


def can_change(actor: Actor, decision: Decision) -> bool:
    """Who wrote the proposal, as long as they take part, and whoever runs the group."""
    return can_run(actor, decision.group) or (is_proposer(actor, decision) and can_contribute(actor, decision.group))


def can_lead(actor: Actor, decision: Decision) -> bool:
    """Whoever runs the group opens and closes windows."""
    return can_run(actor, decision.group)


def can_ask(actor: Actor, decision: Decision) -> bool:
    """Everybody inside, observers too: understanding is no voice."""
    inside = actor.holds(group_key(decision.group_id)) or can_run(actor, decision.group)
    return actor.is_person and inside and decision.group.state is not GroupState.CLOSED


def can_take_part(actor: Actor, decision: Decision) -> bool:
    """React, and speak for an organisation under a mandate: whoever takes part in the work of the group."""
    return can_contribute(actor, decision.group)


def can_record_proxy(actor: Actor, decision: Decision) -> bool:
    """The giver's mandated person, or whoever runs the group, from a written paper."""
    return can_take_part(actor, decision) or can_run(actor, decision.group)


def register() -> None:
    """Tell the house which actions this package guards and which policy answers for each."""
    for code, policy, sentence in (
        ("decisions.read", can_read, "Read the decisions of a group and their records"),
        ("decisions.propose", can_propose, "Propose a decision to a group"),
        ("decisions.change", can_change, "Change a draft, amend a proposal, lay it down"),
        ("decisions.lead", can_lead, "Open, prolong and close the windows of a decision, write its outcome"),
        ("decisions.ask", can_ask, "Ask a question about a proposal"),
        ("decisions.answer", can_change, "Answer questions and objections"),
        ("decisions.take_part", can_take_part, "React, and speak for an organisation with a mandate (R-23)"),
        ("decisions.record_proxy", can_record_proxy, "Record that an organisation gives its voice to another one"),
    ):
        permissions.register(code, policy, sentence)
