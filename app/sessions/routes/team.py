"""Appointing the facilitators of a track."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _

from app.core import clock, permissions
from app.core.context import page_language
from app.core.errors import RuleBroken
from app.core.forms import ActionForm, Form, carry_out
from app.core.names import names_of
from app.core.web import current_actor
from app.people import queries as people
from app.people.models import Person
from app.sessions import queries, services
from app.sessions.blueprint import blueprint
from app.sessions.forms import AppointForm
from app.sessions.models import Track, TrackFacilitator
from app.sessions.queries.team import find_people
from app.sessions.showing.team import team_by_region


def _address(track: Track) -> str:
    return url_for("sessions.edit_team", slug=track.slug)


def _whom(form: AppointForm, found: list[Person]) -> UUID:
    """Return the one person who is meant; asks when several bear the name."""
    if form.chosen.data in {person.id for person in found}:
        return UUID(str(form.chosen.data))
    if not found:
        raise RuleBroken(
            _("Nobody here is known by this. Write the name as in the list of people, or the e-mail address."),
            field="person",
        )
    if len(found) > 1:
        raise RuleBroken(_("Several people bear this name. Choose one."), field="chosen")
    return found[0].id


def _show(track: Track, form: Any, found: list[Person], refused: Form | None = None) -> tuple[str, int]:
    actor, language = current_actor(), page_language()
    team = queries.list_facilitators(track)
    uncovered = queries.regions_without_facilitator(track, team)
    names = names_of("region", [region.id for region in uncovered], language)
    form.region.choices = [("", _("Choose")), *people.region_choices(language)]
    form.chosen.choices = [(person.id, _described(person)) for person in found]
    page = render_template(
        "sessions/team.html",
        track=track,
        name=names_of("track", [track.id], language)[track.id],
        team=team_by_region(actor, track, team),
        uncovered=[names[region.id] for region in uncovered],
        form=form,
        found=found,
        action=ActionForm(formdata=None),
        refused=refused or form,
    )
    return page, (refused or form).status


def _described(person: Person) -> str:
    return " · ".join(part for part in (person.name, person.name_latin, person.place) if part)


@blueprint.route("/tracks/<slug>/facilitators", methods=["GET", "POST"])
def edit_team(slug: str) -> Any:
    actor, now = current_actor(), clock.now()
    track = queries.get_visible_track(actor, slug)
    permissions.require(actor, "sessions.appoint_facilitator", track)
    form = AppointForm()
    found = find_people(str(form.person.data or "")) if form.is_submitted() else []
    done = carry_out(
        form,
        lambda: services.appoint_facilitator(
            actor, track, person_id=_whom(form, found), region_id=form.region.data, now=now
        ),
        lambda _row: _address(track),
        lambda row: _("%(name)s leads this track now.", name=row.person.name),
    )
    return done or _show(track, form, found if len(found) > 1 else [])


@blueprint.post("/tracks/<slug>/facilitators/<uuid:facilitator_id>/end")
def end_facilitator(slug: str, facilitator_id: UUID) -> Any:
    actor, now = current_actor(), clock.now()
    track = queries.get_visible_track(actor, slug)
    permissions.require(actor, "sessions.appoint_facilitator", track)
    form = ActionForm()

    def work() -> TrackFacilitator:
        return services.end_facilitator(actor, queries.get_facilitator(track, facilitator_id), track=track, now=now)

    done = carry_out(
        form,
        work,
        lambda _row: _address(track),
        lambda row: _("%(name)s no longer leads this track.", name=row.person.name),
    )
    return done or _show(track, AppointForm(formdata=None), [], refused=form)
