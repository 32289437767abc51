"""Where the people of a track keep Ramadan, as those who lead it say."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock, permissions
from app.core.context import page_language
from app.core.forms import carry_out
from app.core.names import names_of
from app.core.web import current_actor
from app.sessions import queries, services
from app.sessions.blueprint import blueprint
from app.sessions.forms.ramadan import RamadanForm
from app.sessions.queries.zones import list_places, list_ramadan_zones
from app.sessions.showing.elsewhere import west_to_east


def _said(kept: int) -> str:
    if not kept:
        return str(_("No place of this track is looked at for Ramadan."))
    sentence = ngettext(
        "In Ramadan, a session over sunset asks for care at %(num)s place.",
        "In Ramadan, a session over sunset asks for care at %(num)s places.",
        kept,
    )
    return str(sentence)


@blueprint.route("/tracks/<slug>/ramadan", methods=["GET", "POST"])
def keep_ramadan(slug: str) -> Any:
    actor = current_actor()
    track = queries.get_visible_track(actor, slug)
    permissions.require(actor, "sessions.keep_ramadan", track)
    form, places = RamadanForm(), west_to_east(list_places(track))
    form.offer(places)
    done = carry_out(
        form,
        lambda: services.keep_ramadan(actor, track, zones=form.zones.data or [], now=clock.now()),
        lambda _changed: url_for("sessions.show_track", slug=track.slug),
        lambda _changed: _said(len(form.zones.data or [])),
    )
    if done:
        return done
    if not form.is_submitted():
        form.zones.data = sorted(list_ramadan_zones(track))
    name = names_of("track", [track.id], page_language())[track.id]
    return render_template("sessions/ramadan.html", track=track, name=name, form=form, places=places), form.status
