"""Appointing the facilitators of a track, and ending their service."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _

from app.core import clock, permissions
from app.core.context import page_language
from app.core.forms import ActionForm, carry_out
from app.core.names import names_of
from app.core.web import current_actor
from app.people import queries as people
from app.sessions import queries, services
from app.sessions.blueprint import blueprint
from app.sessions.forms import AppointForm
from app.sessions.forms.programme import NO_REGION
from app.sessions.models import Track, TrackFacilitator
from app.sessions.showing.team import team_by_region


def _address(track: Track) -> str:
    return url_for("sessions.edit_team", slug=track.slug)


def _show(track: Track, form: AppointForm) -> tuple[str, int]:
    actor, language = current_actor(), page_language()
    team = queries.list_facilitators(track)
    uncovered = queries.regions_without_facilitator(track)
    names = names_of("region", [region.id for region in uncovered], language)
    # I18N: choice of somebody who stands for none of the regions listed
    none = (NO_REGION, _("None of these"))
    regions = [(str(region_id), name) for region_id, name in people.region_choices(language)]
    form.region.choices = [("", _("Choose")), *regions, none]
    meant = next((person for person in form.found if person.id == form.person_id), None)
    if meant is None and len(form.found) == 1:
        meant = form.found[0]
    if meant is not None and not form.region.data and meant.region_id is not None:
        form.region.data = str(meant.region_id)
    asked = form.offer(clock.now().date(), language)
    page = render_template(
        "sessions/team.html",
        track=track,
        name=names_of("track", [track.id], language)[track.id],
        team=team_by_region(actor, track, team),
        uncovered=[names[region.id] for region in uncovered],
        form=form,
        found=asked,
    )
    return page, form.status


def _appointed(row: TrackFacilitator) -> str:
    said = str(_("%(name)s leads this track now.", name=row.person.name))
    if queries.has_account(row.person_id):
        return said
    # I18N: warning after somebody was appointed; it follows "… leads this track now."
    warning = _("This person has no account yet: they can plan and hold sessions once they have one.")
    return f"{said} {warning}"


@blueprint.route("/tracks/<slug>/facilitators", methods=["GET", "POST"])
def edit_team(slug: str) -> Any:
    actor, now = current_actor(), clock.now()
    track = queries.get_visible_track(actor, slug)
    permissions.require(actor, "sessions.appoint_facilitator", track)
    form = AppointForm()
    if form.is_submitted():
        form.meet(queries.find_people(actor, track, form.written))

    def work() -> TrackFacilitator:
        return services.appoint_facilitator(actor, track, person_id=form.meant_id, region_id=form.region_id, now=now)

    done = carry_out(form, work, lambda _row: _address(track), _appointed)
    return done or _show(track, form)


@blueprint.route("/tracks/<slug>/facilitators/<uuid:facilitator_id>/end", methods=["GET", "POST"])
def end_facilitator(slug: str, facilitator_id: UUID) -> Any:
    actor, now = current_actor(), clock.now()
    track = queries.get_visible_track(actor, slug)
    permissions.require(actor, "sessions.appoint_facilitator", track)
    facilitator = queries.get_facilitator(track, facilitator_id)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.end_facilitator(actor, facilitator, track=track, now=now),
        lambda _row: _address(track),
        lambda row: _("%(name)s no longer leads this track.", name=row.person.name),
    )
    if done:
        return done
    page = render_template(
        "sessions/team_end.html",
        track=track,
        name=names_of("track", [track.id], page_language())[track.id],
        facilitator=facilitator,
        form=form,
    )
    return page, form.status
