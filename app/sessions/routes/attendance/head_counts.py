"""People without accounts behind one screen: the list of counts, a new one, a correction, a removal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock
from app.core.actors import Actor
from app.core.context import page_language
from app.core.forms import ActionForm, carry_out
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor
from app.people import queries as people
from app.sessions import queries, services
from app.sessions.blueprint import blueprint
from app.sessions.forms import HeadCountForm
from app.sessions.models import Gathering, HeadCount
from app.sessions.showing.attendance import sheet_head
from app.sessions.showing.head_counts import may_count_now, shown_counts


def _form(actor: Actor, gathering: Gathering, row: HeadCount | None = None) -> HeadCountForm:
    form = HeadCountForm(data=_as_typed(row) if row else _likely(actor, gathering))
    form.organisation.choices = [("", _("None, or not known")), *people.organisation_choices(page_language())]
    return form


def _as_typed(row: HeadCount) -> dict[str, Any]:
    return {"people": str(row.people), "place": row.place, "organisation": row.organisation_id}


def _likely(actor: Actor, gathering: Gathering) -> dict[str, Any]:
    """Whoever counts behind their own screen mostly counts for their own organisation."""
    return {"organisation": next(iter(queries.list_claim_organisations(actor, gathering)), None)}


def _values(form: HeadCountForm) -> dict[str, Any]:
    return {
        "people": form.people.number,
        "place": str(form.place.data or ""),
        "organisation_id": form.organisation.data,
    }


def _address(gathering: Gathering) -> str:
    return url_for("sessions.count_heads", session_id=gathering.id)


def _said(row: HeadCount) -> str:
    return str(
        ngettext("Kept: %(num)s person behind this screen.", "Kept: %(num)s people behind this screen.", row.people)
    )


@blueprint.route("/sessions/<uuid:session_id>/head-counts", methods=["GET", "POST"])
def count_heads(session_id: UUID) -> Any:
    actor, now = current_actor(), clock.now()
    gathering = queries.get_visible_gathering(actor, session_id)
    require(actor, "sessions.count_heads", gathering)
    form = _form(actor, gathering)
    done = carry_out(
        form,
        lambda: services.count_people(actor, gathering, **_values(form), now=now),
        lambda _row: _address(gathering),
        _said,
    )
    if done:
        return done
    page = render_template(
        "sessions/attendance_counts.html",
        **sheet_head(gathering),
        counts=shown_counts(actor, gathering),
        people_behind=queries.figures_of([gathering.id])[gathering.id].behind_screens,
        may_count=may_count_now(actor, gathering, now),
        form=form,
    )
    return page, form.status


@blueprint.route("/sessions/<uuid:session_id>/head-counts/<uuid:count_id>", methods=["GET", "POST"])
def change_head_count(session_id: UUID, count_id: UUID) -> Any:
    actor, now = current_actor(), clock.now()
    gathering = queries.get_visible_gathering(actor, session_id)
    require(actor, "sessions.count_heads", gathering)
    row = queries.get_head_count(gathering, count_id)
    require(actor, "sessions.change_head_count", row)
    form = _form(actor, gathering, row)
    done = carry_out(
        form,
        lambda: services.change_head_count(actor, gathering, row, **_values(form), now=now),
        lambda _row: _address(gathering),
        _said,
    )
    if done:
        return done
    page = render_template("sessions/attendance_count.html", **sheet_head(gathering), row=row, form=form)
    return page, form.status


@blueprint.route("/sessions/<uuid:session_id>/head-counts/<uuid:count_id>/remove", methods=["GET", "POST"])
def remove_head_count(session_id: UUID, count_id: UUID) -> Any:
    actor, now, language = current_actor(), clock.now(), page_language()
    gathering = queries.get_visible_gathering(actor, session_id)
    require(actor, "sessions.count_heads", gathering)
    row = queries.get_head_count(gathering, count_id)
    require(actor, "sessions.change_head_count", row)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.remove_head_count(actor, gathering, row, now=now),
        lambda _changed: _address(gathering),
        lambda _changed: _("The count is removed. It stands in no figure any more."),
    )
    if done:
        return done
    of = [row.organisation_id] if row.organisation_id else []
    page = render_template(
        "sessions/attendance_count_remove.html",
        **sheet_head(gathering),
        row=row,
        organisation=names_of("organisation", of, language)[of[0]] if of else "",
        form=form,
    )
    return page, form.status
