"""Who may write, change and translate. An original belongs to its author alone (R-01): not to facilitators, not to
the secretariat."""

from __future__ import annotations

from datetime import datetime

from app.core import permissions
from app.core.actors import NETWORK, Actor, ActorKind
from app.core.audiences import sees
from app.reflections.models import Reflection, Translation
from app.sessions.keys import track_key
from app.sessions.models import LearningSession, Track
from app.sessions.policy import NOT_TAKING_PLACE


def is_open(reflection: Reflection) -> bool:
    """Neither withdrawn nor erased."""
    return reflection.withdrawn_at is None and reflection.erased_at is None


def can_write(actor: Actor, track: Track) -> bool:
    """Members and facilitators of the track, who hold its key."""
    return actor.is_person and actor.holds(track_key(track.id))


def is_author(actor: Actor, reflection: Reflection) -> bool:
    """The author, also after leaving the track; an erased reflection has none."""
    return actor.is_person and reflection.author_id is not None and reflection.author_id == actor.person_id


def can_read_versions(actor: Actor, reflection: Reflection) -> bool:
    """Older versions: the author and the secretariat alone, for an author may have taken a name out of the text."""
    return is_author(actor, reflection) or (actor.is_secretariat and is_open(reflection))


def can_translate(actor: Actor, reflection: Reflection) -> bool:
    """Who sees the reflection and is of the network or of the track; a machine works as a job of the house."""
    if not is_open(reflection) or not sees(actor, reflection.audience, reflection.author_id):
        return False
    if actor.kind is ActorKind.JOB:
        return True
    return actor.is_person and (actor.holds(NETWORK) or actor.holds(track_key(reflection.track_id)))


def is_translator(actor: Actor, translation: Translation) -> bool:
    """The translator, as long as the reflection is there to be seen."""
    by_actor = translation.translator_id is not None and translation.translator_id == actor.person_id
    reflection = translation.reflection
    return (
        actor.is_person and by_actor and is_open(reflection) and sees(actor, reflection.audience, reflection.author_id)
    )


def can_review(actor: Actor, translation: Translation) -> bool:
    """The author of the original says whether a translation says what they said."""
    return is_author(actor, translation.reflection)


def can_remove_translation(actor: Actor, translation: Translation) -> bool:
    """Its translator, and the author of the original for any."""
    return is_translator(actor, translation) or is_author(actor, translation.reflection)


def has_begun(session: LearningSession, now: datetime) -> bool:
    """Whether there is a session to write about: it has begun, and was not called off."""
    return session.moment.starts_at <= now and session.moment.status not in NOT_TAKING_PLACE


def register() -> None:
    permissions.register("reflections.write", can_write, "write a reflection in a track")
    permissions.register("reflections.edit", is_author, "write a new version of a reflection")
    permissions.register("reflections.change_readers", is_author, "choose who reads a reflection, and under which name")
    permissions.register("reflections.withdraw", is_author, "withdraw a reflection and bring it back")
    permissions.register("reflections.erase", is_author, "erase a reflection")
    permissions.register("reflections.read_versions", can_read_versions, "read older versions of a reflection")
    permissions.register("reflections.translate", can_translate, "translate a reflection")
    permissions.register("reflections.edit_translation", is_translator, "edit a translation")
    permissions.register("reflections.review_translation", can_review, "mark a translation as reviewed")
    permissions.register("reflections.remove_translation", can_remove_translation, "remove a translation")
