"""What announcements put on the pages of others: the newest on a track's page, and links on the desks."""

from __future__ import annotations

from markupsafe import Markup

from app.announcements.policy import can_announce, can_read
from app.announcements.queries import list_newest
from app.core import slots
from app.core.actors import Actor
from app.core.markdown import to_html
from app.core.slots import rendered
from app.sessions.models import LearningSession, Track

IN_A_ROOM = 2


def newest_of_track(actor: Actor, *, track: Track) -> Markup:
    """The last words to everybody, for those who take part; nothing where nothing was said."""
    if not can_read(actor, track):
        return Markup("")
    newest = list_newest(actor, track, limit=IN_A_ROOM)
    if not newest:
        return Markup("")
    rows = [(row, to_html(row.body)) for row in newest]
    return rendered("announcements/track_room.html", track=track, announcements=rows)


def link_for_track(actor: Actor, *, track: Track) -> Markup:
    """On the desk of those who lead a track: the way to write to everybody."""
    if not can_announce(actor, track) or track.published_at is None:
        return Markup("")
    return rendered("announcements/desk_link.html", track=track)


def link_for_session(actor: Actor, *, session: LearningSession) -> Markup:
    """Among the links on the desk of those who lead a session: text for messengers."""
    return rendered("announcements/desk_link.html", session=session)


def fill() -> None:
    slots.fill("sessions.track", "announcements", newest_of_track, order=10)
    slots.fill("sessions.track_desk", "announcements", link_for_track, order=30)
    slots.fill("sessions.session_desk_links", "announcements", link_for_session, order=30)
