"""Who may do what with the tasks of a group: its people read, who takes part notes and takes, who runs it all.

Reading is `workinggroups.read`. In a closed group everything stands as it is.
"""

from __future__ import annotations

from app.core import permissions
from app.core.actors import Actor
from app.tasks.models import Task
from app.workinggroups.models import GroupState, WorkingGroup
from app.workinggroups.policy import can_contribute, can_run


def can_note(actor: Actor, group: WorkingGroup) -> bool:
    """Who takes part in the work of a group, and who runs it."""
    return can_contribute(actor, group) or can_arrange(actor, group)


def can_arrange(actor: Actor, group: WorkingGroup) -> bool:
    """Whoever runs the group arranges every task, those of others too."""
    return can_run(actor, group) and group.state is not GroupState.CLOSED


def can_take(actor: Actor, task: Task) -> bool:
    """Who takes part takes what is still to be done and has no owner."""
    return can_contribute(actor, task.group) and task.is_to_do and task.owner_id in (None, actor.person_id)


def can_change(actor: Actor, task: Task) -> bool:
    """One's own tasks and those without an owner; whoever runs the group all of them."""
    is_free_or_own = task.owner_id is None or task.owner_id == actor.person_id
    return can_arrange(actor, task.group) or (is_free_or_own and can_contribute(actor, task.group))


def can_give_up(actor: Actor, task: Task) -> bool:
    """Giving a task up ends it for everybody: whoever has it may, or noted it while nobody has it, or runs the group.
    Others who take part may take it first."""
    answers_for_it = task.noted_by if task.owner_id is None else task.owner_id
    is_own = answers_for_it is not None and answers_for_it == actor.person_id
    return can_arrange(actor, task.group) or (is_own and can_contribute(actor, task.group))


def can_hand_back(actor: Actor, task: Task) -> bool:
    """The owner hands a task back to the group; nobody else does it for them."""
    is_own = task.owner_id is not None and task.owner_id == actor.person_id
    return is_own and task.is_to_do and can_contribute(actor, task.group)


def register() -> None:
    """Tell the house which actions this package guards and which policy answers for each."""
    for code, policy, sentence in (
        ("tasks.note", can_note, "Note a task of a group, or take up what sessions agreed on"),
        ("tasks.take", can_take, "Take a task that nobody has"),
        ("tasks.change", can_change, "Edit, assign, mark done and reopen a task"),
        ("tasks.give_up", can_give_up, "Give up a task for the whole group, or remove it"),
        ("tasks.hand_back", can_hand_back, "Hand a task back to the group"),
        ("tasks.take_along", can_note, "Take the tasks of a group along as a file"),
    ):
        permissions.register(code, policy, sentence)
