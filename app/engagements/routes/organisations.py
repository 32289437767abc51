"""Who leads and who co-signs: asking, answering, another lead, taking off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.advocacy.words import ACCESSES
from app.core import clock
from app.core.context import page_language
from app.core.errors import RuleBroken
from app.core.forms import ActionForm, carry_out
from app.core.names import names_of
from app.core.permissions import can, require
from app.core.registries import actor_at
from app.core.web import current_actor
from app.engagements import queries, services
from app.engagements.addresses import engagement_path
from app.engagements.eligibility import eligibility_of
from app.engagements.forms import AnswerForm, AskForm
from app.engagements.forms.fields import uuid_or_none
from app.engagements.models import Signatory, SignatoryState
from app.engagements.opening import opening_of
from app.engagements.policy import can_read
from app.engagements.queries.texts import list_links
from app.engagements.routes import blueprint
from app.engagements.routes.plans import head_values, load, render_page
from app.engagements.services.holding import goes_on
from app.engagements.showing import lines_of
from app.engagements.showing_organisations import signatories_shown
from app.engagements.words import NOBODY_SPEAKS
from app.people.mandates import require_spoken_for, spoken_for
from app.people.queries import get_visible_organisation


@blueprint.route("/<uuid:engagement_id>/organisations/add", methods=["GET", "POST"])
def ask(engagement_id: UUID) -> Any:
    """Ask an organisation to lead or to co-sign."""
    actor, engagement, form = current_actor(), load(engagement_id), AskForm()
    require(actor, "engagements.run", engagement)
    form.offer(left_out={row.organisation_id for row in engagement.signatories})
    if not form.is_submitted():
        form.is_lead.data = engagement.lead is None and bool(request.args.get("lead"))
        form.organisation.data = uuid_or_none(request.args.get("organisation"))
    done = carry_out(
        form,
        lambda: services.ask_organisation(
            actor,
            engagement,
            get_visible_organisation(actor, form.organisation_id),
            is_lead=bool(form.is_lead.data),
            now=clock.now(),
        ),
        lambda _row: f"{engagement_path(engagement_id)}#organisations",
        _said_asked,
    )
    return done or (render_template("engagements/ask.html", form=form, **head_values(engagement)), form.status)


def _said_asked(row: Signatory) -> str:
    if row.state is SignatoryState.AGREED:
        return str(_("It is on the list. You speak for it: by asking, you said yes for it, and that is kept."))
    if row.organisation_id not in spoken_for(clock.now().date()):
        return " ".join((str(_("It is on the list.")), str(NOBODY_SPEAKS)))
    return str(_("It is on the list. Whoever speaks for it finds the question on their front page."))


@blueprint.route("/<uuid:engagement_id>/organisations/<uuid:signatory_id>/answer", methods=["GET", "POST"])
def answer(engagement_id: UUID, signatory_id: UUID) -> Any:
    """Yes or no, by whoever speaks for the organisation."""
    actor, now = current_actor(), clock.now()
    asked = queries.get_engagement_to_answer(actor, engagement_id, signatory_id, now.date())
    require_spoken_for(actor, "engagements.speak_for", asked, [asked.organisation_id], now.date())
    engagement, form = asked.engagement, AnswerForm()
    done = carry_out(form, lambda: _answer(form, asked), lambda _row: _leads_to(asked), lambda row: _said(form, row))
    if done:
        return done
    found = eligibility_of(actor, [engagement], now)
    rows = signatories_shown(actor, engagement, found[engagement.id], now)
    page = render_template(
        "engagements/answer.html",
        form=form,
        asked=next(row for row in rows if row.signatory.id == asked.id),
        rows=rows,
        is_open=goes_on(engagement),
        opening=opening_of(engagement),
        line=lines_of(actor, [engagement], now, found)[0],
        links=list_links(engagement) if can(actor, "engagements.read_inside", engagement) else [],
        accesses=ACCESSES,
        **head_values(engagement),
    )
    return page, form.status


def _answer(form: AnswerForm, asked: Signatory) -> Signatory:
    """An organisation is bound by a button that was pressed, never by a form that was sent without one."""
    if bool(form.agree.data) == bool(form.decline.data):
        raise RuleBroken(_l("Choose one of the buttons of the page."))
    act = services.decline if form.decline.data else services.agree
    return act(current_actor(), asked, now=clock.now())


def _leads_to(asked: Signatory) -> str:
    """Whoever declined may have had no other way in: then they go home, not to a page that is not there any more. The
    keys of this request are those from before the answer."""
    actor, engagement = current_actor(), asked.engagement
    now_held = actor_at(actor.person_id, clock.now()) if actor.person_id is not None else actor
    return engagement_path(engagement.id) if can_read(now_held, engagement) else "/"


def _said(form: AnswerForm, asked: Signatory) -> str:
    names = names_of("organisation", [asked.organisation_id], page_language())
    if form.decline.data:
        return str(_("%(organisation)s has declined.", organisation=names[asked.organisation_id]))
    return str(_("%(organisation)s has agreed.", organisation=names[asked.organisation_id]))


@blueprint.post("/<uuid:engagement_id>/organisations/<uuid:signatory_id>/lead")
def make_lead(engagement_id: UUID, signatory_id: UUID) -> Any:
    actor, engagement, form = current_actor(), load(engagement_id), ActionForm()
    signatory = queries.get_signatory(engagement, signatory_id)
    done = carry_out(
        form,
        lambda: services.make_lead(actor, signatory, now=clock.now()),
        lambda _row: f"{engagement_path(engagement_id)}#organisations",
        lambda _row: _("Another organisation leads now."),
    )
    return done or render_page(engagement, form)


@blueprint.route("/<uuid:engagement_id>/organisations/<uuid:signatory_id>/take-off", methods=["GET", "POST"])
def take_off(engagement_id: UUID, signatory_id: UUID) -> Any:
    """Asked on a page of its own."""
    actor, engagement, form = current_actor(), load(engagement_id), ActionForm()
    require(actor, "engagements.run", engagement)
    signatory = queries.get_signatory(engagement, signatory_id)
    organisation = names_of("organisation", [signatory.organisation_id], page_language())[signatory.organisation_id]
    done = carry_out(
        form,
        lambda: services.take_off(actor, signatory, now=clock.now()),
        lambda _engagement: f"{engagement_path(engagement_id)}#organisations",
        lambda _engagement: _("It is off the list."),
    )
    if done:
        return done
    values = {"form": form, "organisation": organisation, **head_values(engagement)}
    return render_template("engagements/take_off.html", **values), form.status
