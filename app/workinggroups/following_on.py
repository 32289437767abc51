"""What tracks show of the groups that follow on from them: a room on their page, a link on the desk of whoever may
found one, and a line on the overview once the last session was held."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from app.core import slots
from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.core.permissions import can
from app.core.slots import rendered
from app.core.waiting import Kind, Line
from app.sessions import queries as programme
from app.sessions.models import Track
from app.workinggroups.queries.following_on import list_groups_of_track, tracks_followed

REMEMBERED = timedelta(days=90)
"""So long after its last session the overview asks who goes on; a track may also end without a group."""


def groups_of_track(actor: Actor, *, track: Track) -> Markup:
    """A room on the page of a track: the groups that followed on from it, as far as the reader knows of them."""
    groups = list_groups_of_track(actor, track)
    if not groups:
        return Markup("")
    names = names_of("group", [group.id for group in groups], page_language())
    return rendered("workinggroups/follow_on_room.html", groups=groups, names=names)


def link_on_desk(actor: Actor, *, track: Track) -> Markup:
    """On the desk of a track, for whoever may found the group that follows on."""
    if not can(actor, "workinggroups.follow_on", track):
        return Markup("")
    return rendered("workinggroups/follow_on_link.html", track=track)


def waiting(actor: Actor, now: datetime) -> list[Line]:
    """Tracks whose last session was held and from which no group followed on; for whoever may found it."""
    tracks = [
        track
        for track in programme.list_visible_tracks(actor)
        if track.published_at and can(actor, "workinggroups.follow_on", track)
    ]
    if not tracks:
        return []
    lately = {
        track_id
        for track_id, summary in programme.summaries(actor, tracks, now=now).items()
        if summary.is_over and summary.last_session and summary.last_session.moment.until > now - REMEMBERED
    }
    left_alone = lately - tracks_followed(lately)
    open_ones = [track for track in tracks if track.id in left_alone]
    names = names_of("track", [track.id for track in open_ones], page_language())
    return [
        Line(
            Kind.CARE,
            _("The last session was held. Who goes on with what was learnt?"),
            url_for("workinggroups.follow_on", slug=track.slug),
            _("Create the follow-on group"),
            names[track.id],
        )
        for track in open_ones
    ]


def fill() -> None:
    slots.fill("sessions.track", "workinggroups.following_on", groups_of_track, order=40)
    slots.fill("sessions.track_desk_links", "workinggroups.following_on", link_on_desk, order=70)
