"""The handover sheet of a track. Which voices stand on it is said by its address, so that nothing is written."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from app.core import clock
from app.core.context import page_language
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor
from app.moments.printed import print_line
from app.outcomes import handover, showing
from app.outcomes.routes import blueprint
from app.sessions import queries as sessions
from app.sessions.models import TextBlock
from app.sessions.shares import SMALLEST
from app.sessions.showing.roster import roster_shown
from app.sessions.showing.team import team_by_region


@blueprint.get("/tracks/<slug>/handover")
def show_handover(slug: str) -> Any:
    """One page to print, for those who lead the track (R-06)."""
    actor, now, language = current_actor(), clock.now(), page_language()
    track = sessions.get_visible_track(actor, slug)
    require(actor, "outcomes.hand_over", track)
    return render_template(
        "outcomes/handover.html",
        track=track,
        name=names_of("track", [track.id], language)[track.id],
        phase_name=names_of("phase", [track.phase_id], language)[track.phase_id],
        purpose=sessions.texts_of(track, language).get(TextBlock.PURPOSE),
        team=team_by_region(actor, track, sessions.list_facilitators(track)),
        lines=handover.session_lines(actor, track, now),
        heard=handover.languages_heard(track),
        roster=roster_shown(actor, track, is_passed_on=True),
        outcomes=handover.open_outcomes(actor, track, now),
        quotes=handover.quotes_of(track, request.args.getlist("voice")),
        day=showing.day_of(now),
        smallest=SMALLEST,
        print_line=print_line(now),
    )
