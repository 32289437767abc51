"""Who may do what with date polls. Pure answers from the actor's keys and the row in hand; nothing is queried.

That nothing is asked in a closed group is no question of who: the services refuse it in words.
"""

from __future__ import annotations

from app.core import permissions
from app.core.actors import Actor
from app.core.audiences import sees
from app.datepolls.circles import circle_of
from app.datepolls.models import DatePoll
from app.sessions.models import Track
from app.workinggroups.models import GroupState, WorkingGroup
from app.workinggroups.policy import may_meet

Owner = Track | WorkingGroup


def is_inside(actor: Actor, owner: Owner) -> bool:
    """Whoever takes part in the track, or is inside the group; the secretariat."""
    return sees(actor, circle_of(owner).audience)


def can_read(actor: Actor, poll: DatePoll) -> bool:
    """The same for a poll; whose answers they read by name is another matter."""
    return is_inside(actor, poll.owner)


def can_ask(actor: Actor, owner: Owner) -> bool:
    """Those who plan the sessions of the track or the meetings of the group, and the secretariat."""
    return actor.is_secretariat or actor.holds(circle_of(owner).leaders)


def can_lead(actor: Actor, poll: DatePoll) -> bool:
    """The same people, whoever of them asked."""
    return can_ask(actor, poll.owner)


def can_answer(actor: Actor, poll: DatePoll) -> bool:
    """Whoever takes part. Observers of a group and the secretariat read."""
    return actor.is_person and actor.holds(circle_of(poll.owner).voices)


def can_see_names(actor: Actor, poll: DatePoll) -> bool:
    """In a group everybody inside, as in its other work; in a track those who lead it."""
    return can_read(actor, poll) if poll.group is not None else can_lead(actor, poll)


def writes(owner: Owner) -> bool:
    """Whether anything is written there: not in a closed group."""
    return not isinstance(owner, WorkingGroup) or owner.state is not GroupState.CLOSED


def meets(owner: Owner) -> bool:
    """Whether an hour can be looked for: a group that is closed or suspended plans no meeting (R-18)."""
    return not isinstance(owner, WorkingGroup) or may_meet(owner)


def register() -> None:
    """Tell the house which actions this package guards and which policy answers for each."""
    for code, policy, sentence in (
        ("datepolls.read", can_read, "Read the date polls of a group or track one takes part in"),
        ("datepolls.ask", can_ask, "Ask the people of a group or track which hour suits them"),
        ("datepolls.answer", can_answer, "Answer a date poll, and change the answer"),
        ("datepolls.lead", can_lead, "Choose the hour of a date poll, move its closing, lay it down"),
        ("datepolls.see_names", can_see_names, "Read who said what in a date poll of a group"),
    ):
        permissions.register(code, policy, sentence)
