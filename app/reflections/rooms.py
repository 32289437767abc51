"""Rooms that reflections fill on the pages of others: voices of a track, of a session, and on the front page."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template
from markupsafe import Markup

from app.core import clock, slots
from app.core.actors import Actor
from app.reflections.models import Reflection
from app.reflections.policy import has_begun
from app.reflections.queries import count_seen, count_written, list_newest
from app.reflections.showing import GLIMPSE, voices
from app.sessions.models import LearningSession, Track

IN_A_ROOM = 4
ON_THE_FRONT = 2
LOOKED_THROUGH = 20


def _rendered(template: str, **values: object) -> Markup:
    return Markup(render_template(template, **values))  # noqa: S704 - a template of ours, which escapes


def voices_of_track(actor: Actor, *, track: Track) -> Markup:
    """The newest voices of a track, how many there are and in how many languages, and the way to write one."""
    seen, languages = count_seen(actor, track_id=track.id)
    return _rendered(
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
    return _rendered(
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
    return _rendered(
        "reflections/front_room.html", voices=voices(actor, _of_many_languages(newest, ON_THE_FRONT), GLIMPSE)
    )


def _of_many_languages(newest: Sequence[Reflection], wanted: int) -> list[Reflection]:
    """The newest of each language first, then the newest of all."""
    first_of: dict[str, Reflection] = {}
    for reflection in newest:
        first_of.setdefault(reflection.language, reflection)
    several = [*first_of.values(), *(row for row in newest if row is not first_of[row.language])]
    return several[:wanted]


def fill() -> None:
    slots.fill("sessions.track", "reflections", voices_of_track, order=40)
    slots.fill("sessions.session", "reflections", voices_of_session, order=40)
    slots.fill("home.front", "reflections", voices_on_front, order=40)
