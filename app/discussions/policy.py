"""Who writes in the topics of a group, and who looks after them. Words belong to their author alone (R-01): whoever
runs the group may take them out of sight, and changes nothing in them."""

from __future__ import annotations

from app.core import permissions
from app.core.actors import Actor
from app.discussions.models import Post, Topic
from app.originals.policy import can_read_versions, is_author, is_read_by
from app.workinggroups.keys import coordinators_key, group_key
from app.workinggroups.models import GroupState, WorkingGroup
from app.workinggroups.policy import is_inside


def can_write(actor: Actor, group: WorkingGroup) -> bool:
    """Everybody who is inside, observers too, as long as the group is not closed. The secretariat reads."""
    return actor.is_person and actor.holds(group_key(group.id)) and group.state is not GroupState.CLOSED


def can_reply(actor: Actor, topic: Topic) -> bool:
    """As `can_write`. That a topic is closed is answered in words, by the service."""
    return can_write(actor, topic.group)


def can_answer(actor: Actor, post: Post) -> bool:
    """Who writes in the topic and reads the post."""
    return is_read_by(actor, post) and can_reply(actor, post.topic)


def runs(actor: Actor, topic: Topic) -> bool:
    """The coordinators of its group, and the secretariat."""
    return actor.is_secretariat or actor.holds(coordinators_key(topic.group_id))


def can_look_after(actor: Actor, post: Post) -> bool:
    """Who runs the group, about what somebody else wrote and has not taken back."""
    is_there = post.withdrawn_at is None and post.erased_at is None
    return is_there and actor.is_person and not is_author(actor, post) and runs(actor, post.topic)


def register() -> None:
    for code, policy, sentence in (
        ("discussions.read", is_inside, "read the topics of a group"),
        ("discussions.write", can_write, "open a topic in a group"),
        ("discussions.reply", can_reply, "write in a topic"),
        ("discussions.answer", can_answer, "answer what somebody wrote in a topic"),
        (
            "discussions.change",
            is_author,
            "change one’s own words in a topic, withdraw them, bring them back, erase them",
        ),
        ("discussions.read_versions", can_read_versions, "read older versions of what was written in a topic"),
        ("discussions.run", runs, "pin a topic, close it and open it again"),
        ("discussions.look_after", can_look_after, "take somebody’s words out of sight, and show them again"),
        ("discussions.ask_to_show", is_author, "ask that one’s words in a topic be shown again"),
    ):
        permissions.register(code, policy, sentence)
