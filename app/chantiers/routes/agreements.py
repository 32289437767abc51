"""Partnership agreements: the list, recording, ending, and coming in by one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _

from app.chantiers import queries, services
from app.chantiers.forms import AgreementForm
from app.chantiers.forms.fields import offer_organisations
from app.chantiers.policy import can_come_in, can_read_letter
from app.chantiers.routes import blueprint
from app.chantiers.routes.carriers import values_of
from app.core import clock
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.forms import ActionForm, carry_out
from app.core.markdown import to_html
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor
from app.people.queries import get_visible_organisation
from app.workinggroups.models import WorkingGroup
from app.workinggroups.policy import is_inside


def _here(group: WorkingGroup) -> str:
    return url_for("chantiers.list_agreements", slug=group.slug)


@blueprint.get("/groups/<slug>/agreements")
def list_agreements(slug: str) -> Any:
    """For those inside and the carriers; who may come in by one sees that one alone."""
    group = queries.get_visible_chantier(current_actor(), slug)
    return _page(group, ActionForm())


def _page(group: WorkingGroup, form: ActionForm) -> Any:
    actor, today = current_actor(), clock.now().date()
    own = queries.find_agreement_for(actor, group, today) if actor.is_person else None
    if can_read_letter(actor, group):
        rows = queries.list_agreements(actor, group)
    elif own is not None:
        rows = [own]
    else:
        raise NotFound
    ids = {row.organisation_id for row in rows}
    page = render_template(
        "chantiers/agreements.html",
        form=form,
        rows=[(row, to_html(row.words)) for row in rows],
        names=names_of("organisation", ids, page_language()),
        guests=queries.guests_of(group, ids),
        current={row.organisation_id for row in rows if row.holds_on(today)},
        own=own if can_come_in(actor, group) and not is_inside(actor, group) else None,
        today=today,
        **values_of(group),
    )
    return page, form.status


@blueprint.route("/groups/<slug>/agreements/new", methods=["GET", "POST"])
def record_agreement(slug: str) -> Any:
    actor = current_actor()
    group = queries.get_visible_chantier(actor, slug)
    require(actor, "chantiers.record_agreement", group)
    form = AgreementForm()
    form.offer_languages([page_language()])
    carriers = {row.organisation_id for row in queries.current_carriers(group)}
    offer_organisations(form.organisation, left_out=carriers)
    done = carry_out(
        form,
        lambda: services.record_agreement(
            actor,
            group,
            get_visible_organisation(actor, form.organisation.data),
            form.agreed(),
            now=clock.now(),
        ),
        lambda _agreement: _here(group),
        lambda _agreement: _("The agreement is recorded. The people of this organisation may come in as guests."),
    )
    return done or (render_template("chantiers/agreement_form.html", form=form, **values_of(group)), form.status)


@blueprint.route("/groups/<slug>/agreements/<uuid:agreement_id>/end", methods=["GET", "POST"])
def end_agreement(slug: str, agreement_id: UUID) -> Any:
    """Asked on a page of its own."""
    actor = current_actor()
    group = queries.get_visible_chantier(actor, slug)
    agreement = queries.get_visible_agreement(actor, group, agreement_id)
    require(actor, "chantiers.end_agreement", agreement)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.end_agreement(actor, agreement, now=clock.now()),
        lambda _agreement: _here(group),
        lambda _agreement: _("The agreement is ended. Nobody else comes in by it."),
    )
    if done:
        return done
    names = names_of("organisation", [agreement.organisation_id], page_language())
    page = render_template(
        "chantiers/agreement_end.html",
        form=form,
        agreement=agreement,
        organisation=names[agreement.organisation_id],
        guests=queries.guests_of(group, {agreement.organisation_id})[agreement.organisation_id],
        **values_of(group),
    )
    return page, form.status


@blueprint.post("/groups/<slug>/agreements/come-in")
def come_in(slug: str) -> Any:
    actor = current_actor()
    group = queries.get_visible_chantier(actor, slug)
    require(actor, "chantiers.come_in", group)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.come_in(actor, group, now=clock.now()),
        lambda _place: url_for("chantiers.list_carriers", slug=group.slug),
        lambda _place: _("You are inside this chantier, as a guest."),
    )
    return done or _page(group, form)
