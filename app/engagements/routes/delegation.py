"""Who goes: the sheet for print, and somebody added, changed, taken out. Seen by those inside only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _

from app.core import clock
from app.core.forms import ActionForm, carry_out
from app.core.permissions import require
from app.core.web import current_actor
from app.engagements import queries, services, showing_delegation
from app.engagements.addresses import engagement_path
from app.engagements.forms import DelegateForm
from app.engagements.models import Delegate, Engagement
from app.engagements.routes import blueprint
from app.engagements.routes.plans import head_values, load
from app.engagements.words import PAPER_STATES, PARTS
from app.moments.printed import print_line


def load_for(engagement_id: UUID, action: str = "engagements.see_delegation") -> Engagement:
    """Return an engagement whose delegation the actor may read, or change; whoever sees the plan alone is refused."""
    engagement = load(engagement_id)
    require(current_actor(), action, engagement)
    return engagement


def _sheet_path(engagement: Engagement) -> str:
    return f"{engagement_path(engagement.id)}/delegation"


@blueprint.get("/<uuid:engagement_id>/delegation")
def show_delegation(engagement_id: UUID) -> Any:
    """The sheet: who, for which organisation, in which part, with which papers, from when to when."""
    engagement = load_for(engagement_id)
    now = clock.now()
    sheet = showing_delegation.sheet_of(current_actor(), engagement, now)
    values = {"sheet": sheet, "parts": PARTS, "papers": PAPER_STATES, "print_line": print_line(now)}
    return render_template("engagements/delegation.html", **values, **head_values(engagement))


@blueprint.route("/<uuid:engagement_id>/delegation/add", methods=["GET", "POST"])
def add_delegate(engagement_id: UUID) -> Any:
    engagement, form = load_for(engagement_id, "engagements.run"), DelegateForm()
    return _edit(form, engagement, None)


@blueprint.route("/<uuid:engagement_id>/delegation/<uuid:delegate_id>", methods=["GET", "POST"])
def change_delegate(engagement_id: UUID, delegate_id: UUID) -> Any:
    engagement, form = load_for(engagement_id, "engagements.run"), DelegateForm()
    delegate = queries.get_delegate(engagement, delegate_id)
    if not form.is_submitted():
        form.fill_from(delegate)
    return _edit(form, engagement, delegate)


def _edit(form: DelegateForm, engagement: Engagement, delegate: Delegate | None) -> Any:
    actor, now = current_actor(), clock.now()
    people = showing_delegation.people_to_choose(actor, engagement, delegate, now)
    form.offer(people, kept=delegate.organisation if delegate is not None else None)
    done = carry_out(
        form,
        lambda: (
            services.add_delegate(actor, engagement, form.going(), now=now)
            if delegate is None
            else services.change_delegate(actor, delegate, form.going(), now=now)
        ),
        lambda _row: _sheet_path(engagement),
        lambda _row: _("It stands on the sheet now. Those inside this engagement read it."),
    )
    if done:
        return done
    values = {"form": form, "delegate": delegate, "sheet_path": _sheet_path(engagement), **head_values(engagement)}
    return render_template("engagements/delegate.html", **values), form.status


@blueprint.route("/<uuid:engagement_id>/delegation/<uuid:delegate_id>/remove", methods=["GET", "POST"])
def remove_delegate(engagement_id: UUID, delegate_id: UUID) -> Any:
    """Asked on a page of its own."""
    actor, engagement, form = current_actor(), load_for(engagement_id, "engagements.run"), ActionForm()
    delegate = queries.get_delegate(engagement, delegate_id)
    shown = next(row for row in showing_delegation.delegates_shown(actor, engagement) if row.delegate.id == delegate.id)
    done = carry_out(
        form,
        lambda: services.remove_delegate(actor, delegate, now=clock.now()),
        lambda _engagement: _sheet_path(engagement),
        lambda _engagement: _("Taken out of the delegation."),
    )
    if done:
        return done
    values = {"form": form, "shown": shown, "sheet_path": _sheet_path(engagement), **head_values(engagement)}
    return render_template("engagements/delegate_remove.html", **values), form.status
