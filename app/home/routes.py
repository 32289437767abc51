"""The front page for a visitor and for a signed-in person, and what this house is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, render_template

from app.core import clock
from app.core.context import page_language
from app.core.names import names_of
from app.core.web import current_actor, public
from app.home.atlas.showing import WovenMap, woven_map
from app.moments.models import Precision
from app.sessions import queries as programme
from app.sessions.models import LearningSession
from app.sessions.showing.elsewhere import hours_elsewhere
from app.sessions.showing.places import places_of
from app.sessions.showing.summaries import lines_of

blueprint = Blueprint("home", __name__, template_folder="templates")

NEXT_SESSIONS = 5


@blueprint.get("/")
@public
def front() -> str:
    """What this house is and when one can come; for a person: my next session, my tracks, what I facilitate."""
    actor, now, language = current_actor(), clock.now(), page_language()
    mine = programme.list_next_sessions(actor, now=now, limit=NEXT_SESSIONS, mine=True) if actor.is_person else []
    coming = mine or programme.list_next_sessions(actor, now=now, limit=NEXT_SESSIONS)
    my_tracks = programme.list_my_tracks(actor)
    led_tracks = programme.list_my_facilitated(actor)
    tracks = programme.list_visible_tracks(actor)
    everything = {track.id: track for track in (*tracks, *my_tracks, *led_tracks)}
    return render_template(
        "home/front.html",
        map=None if actor.is_person else _map_by(coming, now, language),
        coming=coming,
        coming_is_mine=bool(mine),
        elsewhere=hours_elsewhere(coming[0], now) if coming else [],
        my_tracks=my_tracks,
        led_tracks=led_tracks,
        tracks=tracks,
        places=places_of(list(everything.values()), now),
        lines=lines_of(programme.summaries(actor, list(everything.values()), now=now), now),
        track_names=names_of("track", everything, language),
        session_names=names_of("session", [session.id for session in coming], language),
    )


def _map_by(coming: Sequence[LearningSession], now: datetime, language: str) -> WovenMap:
    """The map by the light of the next session whose hour is known, else of this hour."""
    hours = [session.moment.starts_at for session in coming[:1] if session.moment.precision is Precision.MINUTE]
    instant = hours[0] if hours else now.replace(minute=0)
    return woven_map(instant, language, is_of_session=bool(hours))


@blueprint.get("/about")
@public
def about() -> str:
    """What this house is for, in plain words."""
    return render_template("home/about.html")
