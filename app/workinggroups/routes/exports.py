"""Taking a whole group out of the house: what would be in it and what not, asking for it, and having it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock, permissions
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.files.answers import send
from app.core.files.words import size_words
from app.core.forms import ActionForm, carry_out
from app.core.web import current_actor
from app.moments.shown import day_of
from app.workinggroups import exports, queries, services
from app.workinggroups.blueprint import blueprint
from app.workinggroups.exporting.readme import left_out
from app.workinggroups.models import WorkingGroup
from app.workinggroups.queries.handing_on import get_export, list_exports
from app.workinggroups.routes.groups import name_of
from app.workinggroups.services.exports import KEPT_FOR

STALLED_AFTER = timedelta(minutes=10)
"""Later than this the page says that something may be wrong."""


def _load(slug: str) -> WorkingGroup:
    group = queries.get_visible_group(current_actor(), slug)
    permissions.require(current_actor(), "workinggroups.export", group)
    return group


@blueprint.route("/groups/<slug>/export", methods=["GET", "POST"])
def export_group(slug: str) -> Any:
    actor, now, group = current_actor(), clock.now(), _load(slug)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.ask_export(actor, group, language=page_language(), now=now),
        lambda _export: url_for("workinggroups.export_group", slug=group.slug, _anchor="made"),
        lambda _export: _("It is being made. Look here again in a minute."),
    )
    if done:
        return done
    rooms = exports.rooms_of(group)
    page = render_template(
        "workinggroups/export.html",
        group=group,
        name=name_of(group),
        rooms=rooms,
        left_out=left_out(rooms),
        made=list_exports(actor, group),
        form=form,
        stalled=now - STALLED_AFTER,
        kept_days=KEPT_FOR.days,
        goes_on=lambda export: day_of(export.ready_at + KEPT_FOR),
        asked_on=lambda export: day_of(export.asked_at),
        size_words=size_words,
    )
    return page, form.status


@blueprint.get("/groups/<slug>/export/<uuid:export_id>.zip")
def send_export(slug: str, export_id: UUID) -> Response:
    """The file, to whoever asked for it, as long as they run the group. That they asked is written down already."""
    export = get_export(current_actor(), _load(slug), export_id)
    if export.file is None:
        raise NotFound
    return send(export.file)
