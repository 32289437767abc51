"""Who may do what with events. Pure answers from the actor's keys and the row in hand."""

from __future__ import annotations

from app.core import permissions
from app.core.actors import Actor
from app.events.models import Event, EventState
from app.workinggroups.keys import COORDINATORS, groups_named_in
from app.workinggroups.models import GroupState, WorkingGroup
from app.workinggroups.policy import can_run


def can_write(actor: Actor, group: WorkingGroup | None = None) -> bool:
    """Whoever runs the group, for it; for the whole network the secretariat. Without a group: for any at all."""
    if actor.is_secretariat:
        return group is None or group.state is not GroupState.CLOSED
    if group is None:
        return actor.is_person and bool(groups_named_in(actor, COORDINATORS))
    return group.state is not GroupState.CLOSED and can_run(actor, group)


def can_write_for_network(actor: Actor, _thing: object = None) -> bool:
    """What stands in everybody's agenda without a group behind it is the secretariat's to write."""
    return actor.is_secretariat


def can_keep(actor: Actor, event: Event) -> bool:
    """Whoever may write for its group, and the secretariat. What came with a calendar is changed there, by nobody
    here."""
    if event.is_imported or event.state is EventState.WITHDRAWN:
        return False
    return actor.is_secretariat or (event.group is not None and can_run(actor, event.group))


def register() -> None:
    for code, policy, sentence in (
        ("events.write", can_write, "Put something that others organise into the agenda, for a group"),
        ("events.write_for_network", can_write_for_network, "Put such an event into the agenda without a group"),
        ("events.keep", can_keep, "Change, move, cancel and remove such an event"),
    ):
        permissions.register(code, policy, sentence)
