"""One occurrence: its page and its file for calendars; written down, changed, moved, cancelled, confirmed, held."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, current_app, render_template
from flask_babel import gettext as _

from app.advocacy import queries, services
from app.advocacy.addresses import occurrence_path, space_path
from app.advocacy.blueprint import blueprint
from app.advocacy.forms.occurrences import CancelForm, ChangeForm, ConfirmForm, MoveForm, NewForm
from app.advocacy.forms.when import ReasonForm
from app.advocacy.models import AdvocacySpace, Occurrence
from app.advocacy.queries.occurrences import get_occurrence, list_steps
from app.advocacy.showing.files import calendar_entries
from app.advocacy.showing.occurrence import page_of
from app.advocacy.words import occurrence_name
from app.core import clock
from app.core.forms import ActionForm, Form, carry_out
from app.core.permissions import require
from app.core.web import current_actor, public
from app.moments.calendar_file import calendar_file
from app.moments.models import Status


def render_page(occurrence: Occurrence, refused: Form | None = None) -> Any:
    """The page of an occurrence; with what was refused, where a click came too late."""
    page = page_of(current_actor(), occurrence, clock.now())
    rendered = render_template("advocacy/occurrence.html", page=page, refused=refused)
    return rendered, refused.status if refused else 200


def head_of(occurrence: Occurrence) -> dict[str, Any]:
    """Return what the head of each page about an occurrence needs."""
    short = queries.short_names([occurrence.space])[occurrence.space_id]
    return {
        "occurrence": occurrence,
        "name": occurrence_name(occurrence, short),
        "href": occurrence_path(occurrence.id),
    }


def keep(occurrence_id: UUID) -> Occurrence:
    """Return an occurrence whose dates the actor may keep; raises `NotFound`, `NotAllowed`."""
    occurrence = get_occurrence(occurrence_id)
    require(current_actor(), "advocacy.keep_dates", occurrence)
    return occurrence


@blueprint.get("/occurrences/<uuid:occurrence_id>")
@public
def show_occurrence(occurrence_id: UUID) -> Any:
    return render_page(get_occurrence(occurrence_id))


@blueprint.get("/occurrences/<uuid:occurrence_id>.ics")
@public
def occurrence_calendar(occurrence_id: UUID) -> Any:
    """It and its deadlines for a calendar program; what nobody has confirmed says so in its title, and what was done
    or dropped is no date to keep."""
    occurrence = get_occurrence(occurrence_id)
    steps = [
        step for step in list_steps(occurrence) if step.done_at is None and step.moment.status is not Status.CANCELLED
    ]
    entries = calendar_entries([occurrence], steps, current_app.extensions["maloca"].address)
    headers = {"Content-Disposition": f'attachment; filename="{occurrence.space.slug}-{occurrence.id.hex[:8]}.ics"'}
    return Response(calendar_file(entries), mimetype="text/calendar", headers=headers)


@blueprint.route("/spaces/<slug>/occurrences/new", methods=["GET", "POST"])
def new_occurrence(slug: str) -> Any:
    actor, form = current_actor(), NewForm()
    space = queries.get_space(slug)
    require(actor, "advocacy.keep_dates", space)
    form.offer_written()
    form.offer_dates(space.zone)
    done = carry_out(
        form,
        lambda: services.add_occurrence(actor, space, form.written(), form.dated(), now=clock.now()),
        lambda occurrence: occurrence_path(occurrence.id),
        _added,
    )
    return done or _form_page(form, space)


def _added(occurrence: Occurrence) -> str:
    if list_steps(occurrence):
        return str(_("It is in the calendar, with the deadlines that the rules of its space foresee."))
    return str(_("It is in the calendar. No deadline is known yet: add those that you know below."))


@blueprint.route("/occurrences/<uuid:occurrence_id>/edit", methods=["GET", "POST"])
def change_occurrence(occurrence_id: UUID) -> Any:
    actor, form, occurrence = current_actor(), ChangeForm(), keep(occurrence_id)
    form.offer_written()
    if not form.is_submitted():
        form.fill_written(occurrence)
    done = carry_out(
        form,
        lambda: services.change_occurrence(actor, occurrence, form.written(occurrence), now=clock.now()),
        lambda _occurrence: occurrence_path(occurrence_id),
        lambda _occurrence: _("It is changed."),
    )
    return done or _form_page(form, occurrence.space, occurrence)


def _form_page(form: NewForm | ChangeForm, space: AdvocacySpace, occurrence: Occurrence | None = None) -> Any:
    values = (
        head_of(occurrence)
        if occurrence is not None
        else {"occurrence": None, "name": queries.space_names([space])[space.id], "href": space_path(space.slug)}
    )
    return render_template("advocacy/occurrence_form.html", form=form, **values), form.status


@blueprint.route("/occurrences/<uuid:occurrence_id>/move", methods=["GET", "POST"])
def move_occurrence(occurrence_id: UUID) -> Any:
    """A new date, or none that anybody knows yet."""
    actor, form, occurrence = current_actor(), MoveForm(), keep(occurrence_id)
    if not form.is_submitted():
        form.fill_when(occurrence.moment)
    form.offer_dates(occurrence.space.zone)
    done = carry_out(
        form,
        lambda: services.postpone_occurrence(
            actor,
            occurrence,
            reason=str(form.reason.data or ""),
            dated=form.dated(),
            source=str(form.source.data or ""),
            now=clock.now(),
        ),
        lambda _moved: occurrence_path(occurrence_id),
        lambda moved: _said(occurrence, moved[1]),
    )
    return done or (render_template("advocacy/move.html", form=form, **head_of(occurrence)), form.status)


def _said(occurrence: Occurrence, followed: services.Followed) -> str:
    if occurrence.moment.status is Status.POSTPONED:
        return str(_("It is postponed. What was expected because of its date waits until it has a new one."))
    if followed.stayed:
        return str(_("It is moved. Some of its dates were confirmed and stayed: look at them below."))
    return str(_("It is moved, and the dates that are expected have moved with it."))


@blueprint.route("/occurrences/<uuid:occurrence_id>/confirm", methods=["GET", "POST"])
def confirm_occurrence(occurrence_id: UUID) -> Any:
    actor, form, occurrence = current_actor(), ConfirmForm(), keep(occurrence_id)
    if not form.is_submitted():
        form.fill_from(occurrence)
    done = carry_out(
        form,
        lambda: services.confirm_occurrence(
            actor, occurrence, timing=form.seen(), source=str(form.source.data), now=clock.now()
        ),
        lambda _change: occurrence_path(occurrence_id),
        lambda _change: _("The date is confirmed. What was expected stays in the history."),
    )
    if done:
        return done
    page = render_template("advocacy/confirm.html", form=form, step=None, has_passed=False, **head_of(occurrence))
    return page, form.status


@blueprint.route("/occurrences/<uuid:occurrence_id>/cancel", methods=["GET", "POST"])
def cancel_occurrence(occurrence_id: UUID) -> Any:
    actor, form, occurrence = current_actor(), CancelForm(), keep(occurrence_id)
    done = carry_out(
        form,
        lambda: services.cancel_occurrence(
            actor,
            occurrence,
            reason=str(form.reason.data or ""),
            source=str(form.source.data or ""),
            now=clock.now(),
        ),
        lambda _change: occurrence_path(occurrence_id),
        lambda _change: _("It is cancelled, and so are the dates that led up to it."),
    )
    if done:
        return done
    page = render_template(
        "advocacy/ask.html",
        form=form,
        title=_("Is it cancelled?"),
        lead=_(
            "It stays in the calendar, crossed out, with its number. Everything that led up to it and is not done yet "
            "is called off with it. If it takes place later, say that its date has changed instead."
        ),
        act=_("It is cancelled"),
        **head_of(occurrence),
    )
    return page, form.status


@blueprint.route("/occurrences/<uuid:occurrence_id>/plan-again", methods=["GET", "POST"])
def plan_again(occurrence_id: UUID) -> Any:
    actor, form, occurrence = current_actor(), ReasonForm(), keep(occurrence_id)
    done = carry_out(
        form,
        lambda: services.plan_again(actor, occurrence, reason=str(form.reason.data or ""), now=clock.now()),
        lambda _change: occurrence_path(occurrence_id),
        lambda _change: _("It is planned again at the date it had, and so are its deadlines."),
    )
    if done:
        return done
    page = render_template(
        "advocacy/ask.html",
        form=form,
        title=_("Set it back?"),
        lead=_("It is planned again at the date it had, and what was called off with it comes back."),
        act=_("Set it back"),
        is_harmless=True,
        **head_of(occurrence),
    )
    return page, form.status


@blueprint.post("/occurrences/<uuid:occurrence_id>/held")
def mark_held(occurrence_id: UUID) -> Any:
    actor, form, occurrence = current_actor(), ActionForm(), keep(occurrence_id)
    done = carry_out(
        form,
        lambda: services.mark_held(actor, occurrence, now=clock.now()),
        lambda _change: occurrence_path(occurrence_id),
        lambda _change: _("Noted: it has taken place."),
    )
    return done or render_page(occurrence, form)
