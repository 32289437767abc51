"""Who may write, change, and look after what was written; who translates is said of all originals. An original belongs
to its author alone (R-01): not to facilitators, not to the secretariat. Those who lead a track may keep a text from its
readers; they change nothing in it, and nobody decides about a text of their own."""

from __future__ import annotations

from datetime import datetime

from app.core import permissions
from app.core.actors import Actor
from app.core.audiences import sees
from app.moments.models import NOT_TAKING_PLACE
from app.originals.policy import can_read_versions, is_author, is_read_by
from app.reflections.models import Draft, Ground, Reflection, Withholding
from app.sessions.keys import facilitators_key, track_key
from app.sessions.models import LearningSession, Track
from app.sessions.policy import can_lead_session, can_lead_track


def can_write(actor: Actor, track: Track) -> bool:
    """Members and facilitators of the track, who hold its key."""
    return actor.is_person and actor.holds(track_key(track.id))


def can_transcribe(actor: Actor, reflection: Reflection) -> bool:
    """Any signed-in reader but the author, who writes the words down as a new version."""
    return actor.is_person and not is_author(actor, reflection) and is_read_by(actor, reflection)


def can_answer(actor: Actor, reflection: Reflection) -> bool:
    """People of the track who read it. An answer is not answered itself: one level, so that threads stay readable."""
    may_write = actor.is_person and takes_part(actor, reflection)
    return may_write and reflection.answers_id is None and is_read_by(actor, reflection)


def can_quote(actor: Actor, reflection: Reflection) -> bool:
    """Who reads it may quote it, where there are words: a voice that nobody has written down has none. The words are
    shown to readers of both texts alone."""
    return actor.is_person and is_read_by(actor, reflection) and bool(reflection.versions[-1].body)


def takes_part(actor: Actor, reflection: Reflection) -> bool:
    """Members and facilitators of its track."""
    return actor.holds(track_key(reflection.track_id))


def leads(actor: Actor, reflection: Reflection) -> bool:
    """Facilitators of its track, and the secretariat."""
    return actor.is_secretariat or actor.holds(facilitators_key(reflection.track_id))


def can_look_after(actor: Actor, reflection: Reflection) -> bool:
    """Who leads the track and reads the text, of which somebody else is the author."""
    is_there = reflection.withdrawn_at is None and reflection.erased_at is None
    of_another = actor.is_person and not is_author(actor, reflection)
    return is_there and of_another and leads(actor, reflection) and sees(actor, reflection.audience)


def can_report(actor: Actor, reflection: Reflection) -> bool:
    """Any signed-in reader but the author."""
    return actor.is_person and not is_author(actor, reflection) and is_read_by(actor, reflection)


def can_release(actor: Actor, withholding: Withholding) -> bool:
    """What is held for care, whoever leads the track. What is hidden for abuse, the secretariat or who hid it; once its
    author has appealed, no longer who hid it, and only after the appeal was answered."""
    if not can_look_after(actor, withholding.reflection) or withholding.lifted_at is not None:
        return False
    if withholding.ground is Ground.CARE:
        return True
    is_own_decision = withholding.by_id == actor.person_id
    if withholding.appealed_at is None:
        return actor.is_secretariat or is_own_decision
    return withholding.appeal_answered_at is not None and _decides_appeal(actor, withholding)


def can_answer_appeal(actor: Actor, withholding: Withholding) -> bool:
    """Held for care: whoever leads the track. Hidden for abuse: who decides on appeals."""
    is_asked = withholding.appealed_at is not None and withholding.appeal_answered_at is None
    if not is_asked or withholding.lifted_at is not None or not can_look_after(actor, withholding.reflection):
        return False
    return withholding.ground is Ground.CARE or _decides_appeal(actor, withholding)


def _decides_appeal(actor: Actor, withholding: Withholding) -> bool:
    """Of those who look after the text: somebody of the secretariat who did not hide it. Where nobody else is of the
    secretariat, a facilitator of the track who did not hide it, so that no appeal stays without an answer."""
    if withholding.by_id == actor.person_id:
        return False
    return actor.is_secretariat or not withholding.has_other_secretary


def is_draft_author(actor: Actor, draft: Draft) -> bool:
    """Nobody but who said the words; not even who took them down."""
    return actor.is_person and draft.author_id == actor.person_id


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
    permissions.register("reflections.transcribe", can_transcribe, "write down what a voice says, for its author")
    permissions.register("reflections.answer", can_answer, "answer a reflection")
    permissions.register("reflections.quote", can_quote, "quote a reflection")
    permissions.register("reflections.take_chat", can_lead_session, "take words of a chat down for who said them")
    permissions.register("reflections.use_draft", is_draft_author, "publish a draft taken down for oneself, or not")
    permissions.register("reflections.open_inbox", can_lead_track, "open the inbox of a track's reflections")
    permissions.register(
        "reflections.look_after",
        can_look_after,
        "ask an author for more readers, hold a reflection back, decide on reports about it",
    )
    permissions.register("reflections.report", can_report, "report a reflection")
    permissions.register("reflections.appeal", is_author, "ask to release a reflection that is kept from its readers")
    permissions.register("reflections.release", can_release, "show a reflection again that was kept from its readers")
    permissions.register("reflections.answer_appeal", can_answer_appeal, "answer an author who asks to release it")
