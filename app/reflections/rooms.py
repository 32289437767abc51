"""Rooms that reflections fill on the pages of others: voices of a track, of a session, and on the front page; what
waits for an author; the way to the inbox."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from app.core import clock, slots
from app.core.actors import Actor
from app.core.permissions import can
from app.core.slots import rendered
from app.originals.showing import GLIMPSE
from app.reflections import queries
from app.reflections.models import Reflection
from app.reflections.policy import has_begun
from app.reflections.queries import count_seen, count_written, list_newest
from app.reflections.queries.drafts import count_drafts
from app.reflections.showing import voices
from app.sessions.models import LearningSession, Track

IN_A_ROOM = 4
ON_THE_FRONT = 2
LOOKED_THROUGH = 20


def voices_of_track(actor: Actor, *, track: Track) -> Markup:
    """The newest voices of a track, how many there are and in how many languages, and the way to write one."""
    seen, languages = count_seen(actor, track_id=track.id)
    return rendered(
        "reflections/track_room.html",
        track=track,
        voices=voices(actor, list_newest(actor, track_id=track.id, limit=IN_A_ROOM), GLIMPSE),
        written=count_written(track_id=track.id),
        seen=seen,
        languages=languages,
    )


def voices_of_session(actor: Actor, *, session: LearningSession) -> Markup:
    """What people wrote about one session, and once it has begun, the way to write."""
    seen, languages = count_seen(actor, session_id=session.id)
    return rendered(
        "reflections/session_room.html",
        session=session,
        has_begun=has_begun(session, clock.now()),
        track=session.track,
        voices=voices(actor, list_newest(actor, session_id=session.id, limit=IN_A_ROOM), GLIMPSE),
        written=count_written(session_id=session.id),
        seen=seen,
        languages=languages,
    )


def voices_on_front(actor: Actor) -> Markup:
    """New public voices, of different languages where there are any; nothing where nobody has written publicly."""
    newest = list_newest(actor, only_public=True, limit=LOOKED_THROUGH)
    if not newest:
        return Markup("")
    return rendered(
        "reflections/front_room.html", voices=voices(actor, _of_many_languages(newest, ON_THE_FRONT), GLIMPSE)
    )


def _of_many_languages(newest: Sequence[Reflection], wanted: int) -> list[Reflection]:
    """The newest of each language first, then the newest of all."""
    first_of: dict[str, Reflection] = {}
    for reflection in newest:
        first_of.setdefault(reflection.language, reflection)
    several = [*first_of.values(), *(row for row in newest if row is not first_of[row.language])]
    return several[:wanted]


def waiting_for_me(actor: Actor) -> Markup:
    """What waits for the author's own yes or no; nothing where nothing waits."""
    if not actor.is_person:
        return Markup("")
    waits = queries.waiting_for_me(actor, limit=IN_A_ROOM)
    if not (waits.requests or waits.withheld or waits.translations):
        return Markup("")
    return rendered("reflections/waiting_room.html", waits=waits)


def way_to_write(actor: Actor, *, track: Track) -> Markup:
    """A button at the top of a track for those who take part in it: the room of voices stands far below."""
    if not can(actor, "reflections.write", track):
        return Markup("")
    return rendered("reflections/write_link.html", track=track)


def way_to_inbox(actor: Actor, *, track: Track) -> Markup:
    """A link on the desk of those who lead the track."""
    if not can(actor, "reflections.open_inbox", track):
        return Markup("")
    return rendered("reflections/desk_link.html", track=track)


def drafts_for_me(actor: Actor) -> Markup:
    """How many drafts wait for their author; nothing where none does."""
    count = count_drafts(actor)
    return rendered("reflections/drafts_room.html", count=count) if count else Markup("")


def way_to_chat(actor: Actor, *, session: LearningSession) -> Markup:
    """A button on the desk of those who lead a session that has begun: its chat is gone when the meeting closes."""
    if not can(actor, "reflections.take_chat", session) or not has_begun(session, clock.now()):
        return Markup("")
    return rendered("reflections/chat_link.html", session=session)


def fill() -> None:
    slots.fill("sessions.track", "reflections", voices_of_track, order=40)
    slots.fill("sessions.track_member", "reflections", way_to_write, order=40)
    slots.fill("sessions.session", "reflections", voices_of_session, order=40)
    slots.fill("home.front", "reflections", voices_on_front, order=40)
    slots.fill("home.mine", "reflections", waiting_for_me, order=40)
    slots.fill("home.mine", "drafts", drafts_for_me, order=41)
    slots.fill("sessions.session_desk", "reflections", way_to_chat, order=40)
    slots.fill("sessions.track_desk_links", "reflections", way_to_inbox, order=40)
