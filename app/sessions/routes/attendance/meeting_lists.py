"""The list of a meeting programme: brought, looked through line by line, saved once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock
from app.core.forms import ActionForm, carry_out
from app.core.web import current_actor
from app.sessions import queries, services
from app.sessions.blueprint import blueprint
from app.sessions.forms import ListForm, WhoIsWhoForm
from app.sessions.routes.attendance.sheet import load_sheet, saved, sheet_address
from app.sessions.showing.attendance import sheet_head
from app.sessions.showing.meeting_lists import preview_of


@blueprint.route("/sessions/<uuid:session_id>/attendance/list", methods=["GET", "POST"])
def bring_list(session_id: UUID) -> Any:
    actor, now = current_actor(), clock.now()
    gathering = load_sheet(session_id)
    form = ListForm()
    done = carry_out(
        form,
        lambda: services.stage_list(actor, gathering, form.reading, now=now),
        lambda row: url_for("sessions.preview_list", session_id=gathering.id, list_id=row.id),
        lambda row: ngettext(
            "%(num)s line read. Nothing is saved yet: look through it.",
            "%(num)s lines read. Nothing is saved yet: look through them.",
            len(row.lines),
        ),
    )
    if done:
        return done
    page = render_template(
        "sessions/attendance_list.html",
        **sheet_head(gathering),
        waiting=queries.find_waiting_list(actor, gathering),
        form=form,
    )
    return page, form.status


@blueprint.route("/sessions/<uuid:session_id>/attendance/list/<uuid:list_id>", methods=["GET", "POST"])
def preview_list(session_id: UUID, list_id: UUID) -> Any:
    actor, now = current_actor(), clock.now()
    gathering = load_sheet(session_id)
    staged = queries.get_list(gathering, list_id)
    form = WhoIsWhoForm()
    done = carry_out(
        form,
        lambda: services.mark_from_list(
            actor, gathering, staged, persons=form.persons, newcomers=form.newcomers, now=now
        ),
        lambda _marks: sheet_address(gathering),
        saved,
    )
    if done:
        return done
    page = render_template(
        "sessions/attendance_who.html",
        **sheet_head(gathering),
        staged=staged,
        preview=preview_of(gathering, staged),
        form=form,
        drop=ActionForm(formdata=None),
    )
    return page, form.status


@blueprint.post("/sessions/<uuid:session_id>/attendance/list/<uuid:list_id>/drop")
def drop_list(session_id: UUID, list_id: UUID) -> Any:
    actor = current_actor()
    gathering = load_sheet(session_id)
    staged = queries.get_list(gathering, list_id)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.drop_list(actor, gathering, staged),
        lambda _gone: url_for("sessions.bring_list", session_id=gathering.id),
        lambda _gone: _("The list is thrown away. Nobody was marked by it."),
    )
    return done or preview_list(session_id, list_id)
