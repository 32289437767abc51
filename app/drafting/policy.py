"""Who may do what with the texts of a group: its people read and comment, keepers and whoever runs the group write.

In a closed group everything stands as it is, and what was adopted stands until whoever runs the group opens it again;
both of a text are answered in words, by the services.
"""

from __future__ import annotations

from app.core import permissions
from app.core.actors import Actor
from app.drafting.models import Comment, JointText
from app.originals.policy import is_author, is_read_by
from app.workinggroups.keys import group_key
from app.workinggroups.models import GroupState, WorkingGroup
from app.workinggroups.policy import can_contribute, can_run, is_inside


def can_begin(actor: Actor, group: WorkingGroup) -> bool:
    """Members, guests and coordinators of a group that is not closed."""
    return can_contribute(actor, group)


def can_read(actor: Actor, text: JointText) -> bool:
    """Everybody inside the group: members, guests, observers, and the secretariat."""
    return is_inside(actor, text.group)


def runs(actor: Actor, text: JointText) -> bool:
    """Whoever runs the group, as long as it is not closed."""
    return actor.is_person and can_run(actor, text.group) and text.group.state is not GroupState.CLOSED


def can_keep(actor: Actor, text: JointText) -> bool:
    """Its keepers, as long as they take part in the group, and whoever runs it."""
    is_keeper = actor.person_id is not None and any(one.person_id == actor.person_id for one in text.keepers)
    return runs(actor, text) or (is_keeper and can_contribute(actor, text.group))


def can_comment(actor: Actor, text: JointText) -> bool:
    """Everybody who is inside, observers too: to advise is no voice."""
    inside = actor.holds(group_key(text.group_id))
    return actor.is_person and inside and text.group.state is not GroupState.CLOSED


def can_answer(actor: Actor, comment: Comment) -> bool:
    """Who keeps the text and reads the comment."""
    return is_read_by(actor, comment) and can_keep(actor, comment.text)


def register() -> None:
    for code, policy, sentence in (
        ("drafting.begin", can_begin, "begin a text that the group writes together"),
        ("drafting.read", can_read, "read the texts of a group, their versions and comments"),
        ("drafting.keep", can_keep, "write a version of a text, say what it is for, close and open it for comments"),
        ("drafting.adopt", runs, "write down that the group adopted a text, and open it again"),
        ("drafting.comment", can_comment, "comment on a paragraph of a text"),
        ("drafting.answer", can_answer, "answer a comment on a text"),
        ("drafting.change_comment", is_author, "withdraw one’s own comment, bring it back, erase it"),
    ):
        permissions.register(code, policy, sentence)
