"""The voices of a track on paper: whole originals, and reviewed translations beneath where they are asked for."""

from __future__ import annotations

from flask import render_template, request

from app.core import clock
from app.core.languages import find_tag
from app.core.names import names_of
from app.core.web import current_actor, page_language, public
from app.reflections import queries, showing
from app.reflections.routes import blueprint
from app.sessions.queries import get_visible_track


@blueprint.get("/tracks/<slug>/voices/print")
@public
def print_voices(slug: str) -> str:
    """What the reader may read of a track, without navigation; `?with=fr` adds translations into that language."""
    actor, language, now = current_actor(), page_language(), clock.now()
    track = get_visible_track(actor, slug)
    page = queries.list_voices(actor, track_id=track.id, cursor=request.args.get("after", ""))
    wanted = find_tag(request.args.get("with", ""))
    return render_template(
        "reflections/print.html",
        track=track,
        track_name=names_of("track", [track.id], language)[track.id],
        voices=showing.printed(actor, page.rows, wanted, now),
        beneath=wanted,
        now=now,
        next_cursor=page.next_cursor,
    )
