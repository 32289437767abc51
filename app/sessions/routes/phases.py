"""Phases: their list, their pages, and setting them up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _

from app.core import clock, permissions
from app.core.context import page_language
from app.core.forms import carry_out
from app.core.names import all_names, names_of
from app.core.web import current_actor, public
from app.people import queries as people
from app.sessions import queries, services
from app.sessions.blueprint import blueprint
from app.sessions.forms import phase_form
from app.sessions.models import Phase, TextBlock
from app.sessions.queries.phases import all_texts
from app.sessions.showing.places import places_of
from app.sessions.showing.summaries import lines_of


@blueprint.get("/phases/")
@public
def list_phases() -> Any:
    phases = queries.list_phases()
    return render_template(
        "sessions/phases.html",
        phases=phases,
        names=names_of("phase", [phase.id for phase in phases], page_language()),
        owners=names_of("organisation", {phase.owner_organisation_id for phase in phases}, page_language()),
    )


@blueprint.get("/phases/<slug>")
@public
def show_phase(slug: str) -> Any:
    actor, now, language = current_actor(), clock.now(), page_language()
    phase = queries.get_phase(slug)
    tracks = queries.list_visible_tracks(actor, phase_id=phase.id)
    regions = [region.id for region in phase.regions]
    return render_template(
        "sessions/phase.html",
        phase=phase,
        name=names_of("phase", [phase.id], language)[phase.id],
        owner=names_of("organisation", [phase.owner_organisation_id], language)[phase.owner_organisation_id],
        aims=queries.texts_of(phase, language).get(TextBlock.AIMS),
        regions=[names_of("region", regions, language)[region_id] for region_id in regions],
        tracks=tracks,
        track_names=names_of("track", [track.id for track in tracks], language),
        places=places_of(tracks, now),
        lines=lines_of(queries.summaries(actor, tracks, now=now), now),
    )


def _fill_choices(form: Any) -> None:
    language = page_language()
    form.owner.choices = [("", _("Choose")), *people.organisation_choices(language)]
    form.regions.choices = people.region_choices(language)


def _written(form: Any) -> dict[str, Any]:
    regions: list[UUID] = [region_id for region_id in form.regions.data or [] if region_id is not None]
    return {
        "names": form.names(),
        "owner_organisation_id": form.owner.data,
        "year_from": form.year_from.data,
        "year_to": form.year_to.data,
        "region_ids": regions,
        "texts": form.texts(),
        "now": clock.now(),
    }


def _leads_to(phase: Phase) -> str:
    return url_for("sessions.show_phase", slug=phase.slug)


@blueprint.route("/phases/new", methods=["GET", "POST"])
def create_phase() -> Any:
    actor = current_actor()
    permissions.require(actor, "sessions.run_programme")
    form = phase_form()
    _fill_choices(form)
    done = carry_out(
        form,
        lambda: services.create_phase(actor, **_written(form)),
        _leads_to,
        lambda _phase: _("The phase is set up. Next: its tracks."),
    )
    return done or (render_template("sessions/phase_form.html", form=form, phase=None), form.status)


@blueprint.route("/phases/<slug>/edit", methods=["GET", "POST"])
def change_phase(slug: str) -> Any:
    actor, phase = current_actor(), queries.get_phase(slug)
    permissions.require(actor, "sessions.run_programme", phase)
    form = phase_form()
    _fill_choices(form)
    done = carry_out(
        form,
        lambda: services.change_phase(actor, phase, **_written(form)),
        _leads_to,
        lambda _phase: _("The phase is changed."),
    )
    if done:
        return done
    if not form.is_submitted():
        form.owner.data, form.year_from.data, form.year_to.data = (
            phase.owner_organisation_id,
            phase.year_from,
            phase.year_to,
        )
        form.regions.data = [region.id for region in phase.regions]
        names = {language: row.text for language, row in all_names("phase", phase.id).items()}
        form.fill_words(names, all_texts(phase))
    return render_template("sessions/phase_form.html", form=form, phase=phase), form.status
