"""Pages and files of reports. Reading a file writes one audit line in a short transaction of its own: the export log
is one of the named exceptions to "GET does not write"."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import Actor
from app.core.database import writing_briefly
from app.core.errors import BadInput, NotFound
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor, page_language
from app.moments import words
from app.reports import queries, services
from app.reports.days import days_from
from app.reports.formats import MEDIA_TYPES, WRITERS
from app.reports.forms import ParticipationForm
from app.reports.scope import Scope
from app.reports.summary import Participation, summarise

blueprint = Blueprint("reports", __name__, template_folder="templates")


def _asked(actor: Actor) -> tuple[ParticipationForm, Scope]:
    """Read the query: what it names must be seen, and its figures allowed, before anything is said about days."""
    if request.args.get("public", "") not in ("", "0"):
        raise NotFound  # until small numbers are masked
    form = ParticipationForm(request.args)
    scope = queries.find_scope(actor, phase=form.phase.data, track=form.track.data, session=form.session.data)
    require(actor, "reports.participation", scope)
    return form, scope


@blueprint.get("/reports/participation")
def participation() -> tuple[str, int]:
    actor, now = current_actor(), clock.now()
    form, scope = _asked(actor)
    is_valid = form.validate()
    report = None
    if is_valid:
        scope = scope.between(form.from_on.data, form.to_on.data)
        report = summarise(actor, scope, language=page_language(), now=now)
    _offer_choices(form, actor)
    page = render_template(
        "reports/participation.html",
        form=form,
        report=report,
        scope=scope,
        kept={name: value for name, value in scope.filters.items() if value},
        days=days_from(report.first_on, report.last_on) if report is not None else "",
        day_words=lambda day: words.date_of(day, page_language()),
    )
    return page, 200 if is_valid else 422


def _offer_choices(form: ParticipationForm, actor: Actor) -> None:
    tracks, phases = queries.list_tracks(actor), queries.list_phases() if actor.is_secretariat else []
    language = page_language()
    track_names = names_of("track", [track.id for track in tracks], language)
    phase_names = names_of("phase", [phase.id for phase in phases], language)
    form.offer(
        [(phase.slug, str(phase_names[phase.id])) for phase in phases],
        [(track.slug, str(track_names[track.id])) for track in tracks],
    )


@blueprint.get("/reports/participation.<any(csv, json):kind>")
def participation_file(kind: str) -> Response:
    actor, now = current_actor(), clock.now()
    form, scope = _asked(actor)
    if not form.validate():
        raise BadInput(form.first_error)
    scope = scope.between(form.from_on.data, form.to_on.data)
    report = summarise(actor, scope, language=page_language(), now=now)
    response = Response(WRITERS[kind](report), content_type=MEDIA_TYPES[kind], headers=_file_headers(report, kind))
    _log_export(actor, report, kind, now)
    return response


def _file_headers(report: Participation, kind: str) -> dict[str, Any]:
    if kind == "json":
        return {}
    asked = [value for name, value in report.scope.filters.items() if value and name in ("phase", "track", "session")]
    name = "-".join(["participation", *asked])
    return {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}


def _log_export(actor: Actor, report: Participation, kind: str, now: datetime) -> None:
    with writing_briefly():
        services.record_export(actor, report, kind=kind, now=now)
