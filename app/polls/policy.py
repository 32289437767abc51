"""Who may do what with polls. Pure answers from the actor's keys and the row in hand; nothing is queried.

That nothing is written in a closed group is no question of who: the services refuse it in words.
"""

from __future__ import annotations

from app.core import permissions
from app.core.actors import Actor
from app.polls.models import Poll
from app.workinggroups.keys import contributors_key
from app.workinggroups.models import GroupState, WorkingGroup
from app.workinggroups.policy import can_run, is_inside


def can_read(actor: Actor, poll: Poll) -> bool:
    """Everybody inside the group; what they see of the answers is another matter."""
    return is_inside(actor, poll.group)


def can_start(actor: Actor, group: WorkingGroup) -> bool:
    """Whoever takes part: members, guests and coordinators. Observers and the secretariat read."""
    return actor.is_person and actor.holds(contributors_key(group.id))


def can_answer(actor: Actor, poll: Poll) -> bool:
    """The same people, each with one voice."""
    return can_start(actor, poll.group)


def can_word(actor: Actor, poll: Poll) -> bool:
    """Say the question in another language: whoever takes part, and whoever runs the group."""
    return can_answer(actor, poll) or can_run(actor, poll.group)


def can_change(actor: Actor, poll: Poll) -> bool:
    """Whoever started it, as long as they take part, and whoever runs the group."""
    is_own = poll.started_by is not None and poll.started_by == actor.person_id
    return can_run(actor, poll.group) or (is_own and can_answer(actor, poll))


def writes(group: WorkingGroup) -> bool:
    """Whether anything is written in the group."""
    return group.state is not GroupState.CLOSED


def register() -> None:
    """Tell the house which actions this package guards and which policy answers for each."""
    for code, policy, sentence in (
        ("polls.read", can_read, "Read the polls of a group, and their results after the close"),
        ("polls.start", can_start, "Start a poll in a group"),
        ("polls.answer", can_answer, "Answer a poll, change the answer, take it back"),
        ("polls.word", can_word, "Say a poll in another language"),
        ("polls.change", can_change, "Move the closing of a poll, lay it down"),
    ):
        permissions.register(code, policy, sentence)
