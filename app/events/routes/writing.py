"""Writing events by hand, moving, cancelling and removing them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _

from app.core import clock
from app.core.actors import Actor
from app.core.context import page_language
from app.core.forms import ActionForm, carry_out
from app.core.permissions import can, require
from app.core.web import current_actor
from app.events import queries, services, showing
from app.events.addresses import event_path
from app.events.forms import CancelForm, EventForm, NewEventQuery, SureForm
from app.events.models import Event
from app.events.routes import blueprint
from app.people.queries import own_languages
from app.workinggroups.models import WorkingGroup


def _offer(actor: Actor, form: EventForm, groups: list[WorkingGroup]) -> None:
    form.offer(
        groups, for_network=can(actor, "events.write_for_network"), languages=[*own_languages(actor), page_language()]
    )


@blueprint.route("/new", methods=["GET", "POST"])
def write_event() -> Any:
    actor, form = current_actor(), EventForm()
    require(actor, "events.write")
    groups = queries.list_groups_to_write_for(actor)
    if not form.is_submitted():
        asked = NewEventQuery(formdata=request.args).chosen(groups)
        form.owner.data = str(asked) if asked else None
    _offer(actor, form, groups)
    done = carry_out(
        form,
        lambda: services.write_event(actor, form.group(), form.planned(), now=clock.now()),
        lambda event: event_path(event.id),
        lambda _event: _("It stands in the agenda."),
    )
    return done or (render_template("events/write.html", form=form, event=None), form.status)


def _load(event_id: UUID) -> Event:
    actor = current_actor()
    event = queries.get_kept_event(actor, event_id)
    require(actor, "events.keep", event)
    return event


@blueprint.route("/<uuid:event_id>/edit", methods=["GET", "POST"])
def change_event(event_id: UUID) -> Any:
    """Words and time on one page: another time is a move, and is told as one."""
    actor, event, form = current_actor(), _load(event_id), EventForm()
    if not form.is_submitted():
        form.fill_event(event)
    form.owner.data = str(event.group_id) if event.group_id else "network"
    groups = [event.group] if event.group is not None else []
    form.offer(
        groups, for_network=event.group is None, languages=[event.language, *own_languages(actor), page_language()]
    )
    done = carry_out(
        form,
        lambda: services.change_event(actor, event, form.planned(), now=clock.now()),
        lambda row: event_path(row.id),
        lambda _row: _("It is changed."),
    )
    if done:
        return done
    return render_template("events/write.html", form=form, **showing.page_values(actor, event)), form.status


@blueprint.route("/<uuid:event_id>/cancel", methods=["GET", "POST"])
def cancel_event(event_id: UUID) -> Any:
    """Asked on a page of its own."""
    actor, event, form = current_actor(), _load(event_id), CancelForm()
    done = carry_out(
        form,
        lambda: services.cancel_event(actor, event, reason=str(form.reason.data or ""), now=clock.now()),
        lambda row: event_path(row.id),
        lambda _row: _("It stands in the agenda as cancelled."),
    )
    if done:
        return done
    return render_template("events/cancel.html", form=form, **showing.page_values(actor, event)), form.status


@blueprint.post("/<uuid:event_id>/confirm")
def confirm_event(event_id: UUID) -> Any:
    actor, event, form = current_actor(), _load(event_id), ActionForm()
    done = carry_out(
        form,
        lambda: services.confirm_event(actor, event, now=clock.now()),
        lambda row: event_path(row.id),
        lambda _row: _("It takes place after all."),
    )
    if done:
        return done
    values = showing.page_values(actor, event)
    return render_template("events/cancel.html", form=CancelForm(formdata=None), refused=form, **values), form.status


@blueprint.route("/<uuid:event_id>/remove", methods=["GET", "POST"])
def remove_event(event_id: UUID) -> Any:
    """Asked on a page of its own, with a tick: nothing of it stays."""
    actor, event, form = current_actor(), _load(event_id), SureForm()
    group = event.group
    done = carry_out(
        form,
        lambda: services.remove_event(actor, event, now=clock.now()),
        lambda _none: f"/groups/{group.slug}" if group is not None else "/",
        lambda _none: _("It is removed."),
    )
    if done:
        return done
    return render_template("events/remove.html", form=form, **showing.page_values(actor, event)), form.status
