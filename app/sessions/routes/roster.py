"""The roster of a track, as a page and as a file, for those who lead it."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from app.core import clock, permissions
from app.core.context import page_language
from app.core.database import writing_briefly
from app.core.names import names_of
from app.core.tables import CSV_TYPE, csv_of
from app.core.web import current_actor
from app.sessions import queries
from app.sessions.blueprint import blueprint
from app.sessions.forms.roster import RosterForm
from app.sessions.models import Track
from app.sessions.queries.roster import count_found, count_roster, page_of_roster, whole_roster
from app.sessions.services.exports import record_roster_export
from app.sessions.showing.participants import head_of, lines_of, offer_choices, table_of


def _load(slug: str) -> Track:
    track = queries.get_visible_track(current_actor(), slug)
    permissions.require(current_actor(), "sessions.read_roster", track)
    return track


@blueprint.get("/tracks/<slug>/roster")
def show_roster(slug: str) -> Any:
    track, form = _load(slug), RosterForm()
    counts = count_roster(track)
    offer_choices(form, counts)
    page = page_of_roster(track, form.wanted(), cursor=request.args.get("after", ""))
    return render_template(
        "sessions/participants.html",
        track=track,
        track_name=names_of("track", [track.id], page_language())[track.id],
        form=form,
        counts=counts,
        found=count_found(track, form.wanted()) if form.kept else None,
        head=head_of(counts),
        lines=lines_of(page.rows),
        next_cursor=page.next_cursor,
    )


@blueprint.get("/tracks/<slug>/roster.csv")
def roster_file(slug: str) -> Any:
    """The same people as a file; each one taken out of the house is written down."""
    actor, track, wanted = current_actor(), _load(slug), RosterForm().wanted()
    lines = lines_of(whole_roster(track, wanted))
    body = csv_of(table_of(lines))
    headers = {"Content-Disposition": f'attachment; filename="roster-{track.slug}.csv"'}
    with writing_briefly():
        record_roster_export(actor, track, wanted, persons=len(lines), now=clock.now())
    return Response(body, content_type=CSV_TYPE, headers=headers)
