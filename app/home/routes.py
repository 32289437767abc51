"""The front page for a visitor and for a signed-in person, and what this house is."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, render_template, url_for

from app.core import clock, waiting
from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.core.offline import keep_also
from app.core.web import current_actor, public, readable_offline
from app.home.atlas.showing import WovenMap, woven_map
from app.home.my_day import MyDay, my_day
from app.moments.models import Precision
from app.sessions import queries as programme
from app.sessions.hosts import owner_names, titles_of, words_of
from app.sessions.models import Gathering, LearningSession, Track
from app.sessions.policy import Door, door_of, is_eligible
from app.sessions.showing.elsewhere import hours_elsewhere
from app.sessions.showing.places import places_of
from app.sessions.showing.summaries import lines_of

blueprint = Blueprint("home", __name__, template_folder="templates")


@blueprint.get("/")
@public
@readable_offline
def front() -> str:
    """What this house is and when one can come; for a person: my next session, my tracks, what I facilitate."""
    actor, now, language = current_actor(), clock.now(), page_language()
    day = my_day(actor, now)
    _keep_on_device(day)
    shown = [*day.coming, *day.fresh.values()]
    return render_template(
        "home/front.html",
        map=None if actor.is_person else _map_by(day.first, now, language),
        day=day,
        may_join=isinstance(day.first, LearningSession) and _may_join(actor, day.first.track, now),
        elsewhere=hours_elsewhere(day.first, now) if day.first else [],
        waits=waiting.lines(actor, now),
        places=places_of(day.all_tracks, now),
        lines=lines_of(programme.summaries(actor, day.all_tracks, now=now), now),
        track_names=names_of("track", {track.id for track in day.all_tracks}, language),
        session_names=titles_of(shown, language),
        owner_names=owner_names(day.coming, language),
        words=words_of(day.first) if day.first else None,
    )


def _may_join(actor: Actor, track: Track, now: datetime) -> bool:
    """Say whether a button to join leads further: for a visitor too, who signs in on the way."""
    return door_of(track, now) is Door.OPEN and (not actor.is_person or is_eligible(actor, track))


def _keep_on_device(day: MyDay) -> None:
    mine = day.coming[:3] if day.is_mine else []
    keep_also(
        [
            *(url_for("sessions.show_session", session_id=session.id) for session in mine),
            *(url_for("sessions.show_track", slug=track.slug) for track in day.own[:3]),
        ]
    )


def _map_by(session: Gathering | None, now: datetime, language: str) -> WovenMap:
    """The map by the light of the next session whose hour is known, else of this hour."""
    if session is not None and session.moment.precision is Precision.MINUTE:
        return woven_map(session.moment.starts_at, language, is_of_session=True)
    return woven_map(now.replace(minute=0), language, is_of_session=False)


@blueprint.get("/about")
@public
@readable_offline
def about() -> str:
    """What this house is for, in plain words."""
    return render_template("home/about.html")


@blueprint.get("/overview")
def overview() -> str:
    """What waits for this person's answer, and what needs their care, over the whole house."""
    return render_template("home/overview.html", waits=waiting.lines(current_actor(), clock.now()), kinds=waiting.Kind)
