"""Steps of an occurrence: confirmed, taken back, counted otherwise, added, done, dropped, opened again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _

from app.advocacy import queries, services
from app.advocacy.addresses import step_path
from app.advocacy.blueprint import blueprint
from app.advocacy.forms.steps import ConfirmStepForm, OwnDaysForm, StepForm
from app.advocacy.forms.when import ReasonForm
from app.advocacy.models import Step
from app.advocacy.queries.occurrences import get_step
from app.advocacy.routes.occurrences import head_of, keep, render_page
from app.advocacy.words import step_name
from app.core import clock
from app.core.forms import ActionForm, carry_out
from app.core.web import current_actor


def load(occurrence_id: UUID, step_id: UUID) -> Step:
    """Return a step whose date the actor may keep; raises `NotFound`, `NotAllowed`."""
    return get_step(keep(occurrence_id), step_id)


def _head(step: Step) -> dict[str, Any]:
    head = head_of(step.occurrence)
    return head | {"step": step, "step_name": step_name(step), "href": step_path(step.occurrence_id, step.id)}


@blueprint.route("/occurrences/<uuid:occurrence_id>/steps/new", methods=["GET", "POST"])
def add_step(occurrence_id: UUID) -> Any:
    actor, form, occurrence = current_actor(), StepForm(), keep(occurrence_id)
    form.offer(queries.list_modes(occurrence.space), occurrence.moment.zone or occurrence.space.zone)
    done = carry_out(
        form,
        lambda: services.add_step(actor, occurrence, form.written(), now=clock.now()),
        lambda step: step_path(occurrence_id, step.id),
        lambda _step: _("It stands among the dates below."),
    )
    return done or (render_template("advocacy/step_form.html", form=form, **head_of(occurrence)), form.status)


@blueprint.route("/occurrences/<uuid:occurrence_id>/steps/<uuid:step_id>/confirm", methods=["GET", "POST"])
def confirm_step(occurrence_id: UUID, step_id: UUID) -> Any:
    """The box for what has passed is shown once a date turned out to have passed."""
    actor, form, step = current_actor(), ConfirmStepForm(), load(occurrence_id, step_id)
    if not form.is_submitted():
        form.fill_from(step)
    done = carry_out(
        form,
        lambda: services.confirm_step(
            actor,
            step,
            timing=form.seen(),
            source=str(form.source.data),
            is_afterwards=bool(form.is_afterwards.data),
            now=clock.now(),
        ),
        lambda _change: step_path(occurrence_id, step_id),
        lambda _change: _("The date is confirmed. What was expected stays in the history."),
    )
    if done:
        return done
    has_passed = bool(form.is_afterwards.errors or form.is_afterwards.data or step.moment.until < clock.now())
    return render_template("advocacy/confirm.html", form=form, has_passed=has_passed, **_head(step)), form.status


@blueprint.route("/occurrences/<uuid:occurrence_id>/steps/<uuid:step_id>/days", methods=["GET", "POST"])
def set_own_days(occurrence_id: UUID, step_id: UUID) -> Any:
    actor, form, step = current_actor(), OwnDaysForm(), load(occurrence_id, step_id)
    if not form.is_submitted():
        form.fill_from(step)
    done = carry_out(
        form,
        lambda: services.set_own_days(actor, step, form.offset(), reason=str(form.reason.data or ""), now=clock.now()),
        lambda _change: step_path(occurrence_id, step_id),
        lambda _change: _("It is expected at its new date."),
    )
    return done or (render_template("advocacy/step_days.html", form=form, **_head(step)), form.status)


@blueprint.route("/occurrences/<uuid:occurrence_id>/steps/<uuid:step_id>/take-back", methods=["GET", "POST"])
def unconfirm_step(occurrence_id: UUID, step_id: UUID) -> Any:
    actor, form, step = current_actor(), ReasonForm(), load(occurrence_id, step_id)
    done = carry_out(
        form,
        lambda: services.unconfirm_step(actor, step, reason=str(form.reason.data or ""), now=clock.now()),
        lambda _change: step_path(occurrence_id, step_id),
        lambda _change: _("The date is expected again, and follows its rule."),
    )
    if done:
        return done
    page = render_template(
        "advocacy/ask.html",
        form=form,
        title=_("Take the confirmation back?"),
        lead=_("The date goes back to what its rule expects. What was confirmed stays in the history."),
        act=_("Take the confirmation back"),
        **_head(step),
    )
    return page, form.status


@blueprint.route("/occurrences/<uuid:occurrence_id>/steps/<uuid:step_id>/drop", methods=["GET", "POST"])
def drop_step(occurrence_id: UUID, step_id: UUID) -> Any:
    actor, form, step = current_actor(), ReasonForm(), load(occurrence_id, step_id)
    done = carry_out(
        form,
        lambda: services.drop_step(actor, step, reason=str(form.reason.data or ""), now=clock.now()),
        lambda _change: step_path(occurrence_id, step_id),
        lambda _change: _("It is crossed out. It can be opened again below."),
    )
    if done:
        return done
    page = render_template(
        "advocacy/ask.html",
        form=form,
        title=_("Does this step not apply here?"),
        lead=_("It is crossed out for everybody, and no rule brings it back. You can open it again later."),
        act=_("It does not apply here"),
        **_head(step),
    )
    return page, form.status


@blueprint.post("/occurrences/<uuid:occurrence_id>/steps/<uuid:step_id>/done")
def mark_step_done(occurrence_id: UUID, step_id: UUID) -> Any:
    actor = current_actor()
    return _click(
        load(occurrence_id, step_id),
        lambda step: services.mark_step_done(actor, step, now=clock.now()),
        _("Marked as done."),
    )


@blueprint.post("/occurrences/<uuid:occurrence_id>/steps/<uuid:step_id>/reopen")
def reopen_step(occurrence_id: UUID, step_id: UUID) -> Any:
    actor = current_actor()
    return _click(
        load(occurrence_id, step_id),
        lambda step: services.reopen_step(actor, step, now=clock.now()),
        _("It is open again."),
    )


def _click(step: Step, work: Callable[[Step], object], said: str) -> Any:
    form, occurrence = ActionForm(), step.occurrence
    done = carry_out(form, lambda: work(step), lambda _: step_path(occurrence.id, step.id), lambda _: said)
    return done or render_page(occurrence, form)
