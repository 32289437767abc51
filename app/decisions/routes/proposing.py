"""Proposing, amending, laying down, and writing the outcome."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _

from app.core import clock
from app.core.forms import carry_out
from app.core.permissions import require
from app.core.web import current_actor
from app.decisions import services
from app.decisions.blueprint import blueprint
from app.decisions.forms import AmendAndAskForm, AmendForm, OutcomeForm, ProposalForm, WordsForm
from app.decisions.models import Decision, Stage
from app.decisions.routes.loading import address, form_page, group_values, languages_first, load
from app.decisions.services.roll import entitled
from app.decisions.texts import body_of
from app.originals.pages import keeps_words
from app.workinggroups.queries import get_inside_group


@blueprint.route("/groups/<slug>/decisions/new", methods=["GET", "POST"])
@keeps_words
def propose(slug: str) -> Any:
    actor, group = current_actor(), get_inside_group(current_actor(), slug)
    require(actor, "decisions.propose", group)
    entries = len(entitled(group, clock.now().date()))
    form = ProposalForm(quorum=entries // 2 + 1)
    form.offer_languages(first=languages_first())
    done = carry_out(
        form,
        lambda: services.propose(actor, group, form.plan(), now=clock.now()),
        address,
        lambda _decision: _("Your proposal is kept as a draft. A coordinator opens it."),
    )
    if done:
        return done
    page = render_template("decisions/propose.html", form=form, entries=entries, decision=None, **group_values(group))
    return page, form.status


@blueprint.route("/groups/<slug>/decisions/<uuid:decision_id>/edit", methods=["GET", "POST"])
@keeps_words
def change_draft(slug: str, decision_id: UUID) -> Any:
    actor, decision = current_actor(), load(slug, decision_id, "decisions.change")
    form = ProposalForm(
        title=decision.title,
        language=decision.proposal.language,
        body=body_of(decision, decision.version),
        quorum=decision.quorum,
        proxies=decision.proxies_per_holder,
    )
    form.offer_languages(first=[decision.proposal.language, *languages_first()])
    done = carry_out(
        form,
        lambda: services.change_draft(actor, decision, form.plan(), now=clock.now()),
        address,
        lambda _decision: _("The draft is changed."),
    )
    return done or form_page("propose.html", decision, form, entries=len(entitled(decision.group, clock.now().date())))


@blueprint.route("/groups/<slug>/decisions/<uuid:decision_id>/amend", methods=["GET", "POST"])
@keeps_words
def amend(slug: str, decision_id: UUID) -> Any:
    """The next version. After voices were counted it asks anew, so that it needs an end."""
    decision = load(slug, decision_id, "decisions.change")
    kind = AmendAndAskForm if decision.stage in (Stage.OBJECTED, Stage.NO_QUORUM) else AmendForm
    form = kind(body=body_of(decision, decision.version), version=str(decision.version))
    done = carry_out(form, lambda: _amend(decision, form), address, lambda row: _said_of_amendment(row))
    form.version.data = str(decision.version)
    current = body_of(decision, decision.version) if form.is_refused else ""
    return done or form_page("amend.html", decision, form, current=current)


def _amend(decision: Decision, form: AmendForm) -> Decision:
    return services.amend(
        current_actor(),
        decision,
        form.words(decision.proposal.language),
        version=form.seen(),
        closing=form.asked_until(),
        now=clock.now(),
    )


def _said_of_amendment(decision: Decision) -> str:
    return str(_("Version %(number)s stands. Everybody in the group is told.", number=decision.version))


@blueprint.route("/groups/<slug>/decisions/<uuid:decision_id>/lay-down", methods=["GET", "POST"])
@keeps_words
def lay_down(slug: str, decision_id: UUID) -> Any:
    actor, decision = current_actor(), load(slug, decision_id, "decisions.change")
    form = WordsForm()
    form.offer_languages(first=languages_first())
    done = carry_out(
        form,
        lambda: services.lay_down(actor, decision, form.words(), now=clock.now()),
        address,
        lambda _decision: _("The proposal is laid down."),
    )
    return done or form_page("lay_down.html", decision, form)


@blueprint.route("/groups/<slug>/decisions/<uuid:decision_id>/outcome", methods=["GET", "POST"])
@keeps_words
def write_outcome(slug: str, decision_id: UUID) -> Any:
    actor, decision = current_actor(), load(slug, decision_id, "decisions.lead")
    form = OutcomeForm()
    form.offer_languages(first=languages_first())
    done = carry_out(
        form,
        lambda: services.record_outcome(actor, decision, form.words(), review_on=form.review_on.data, now=clock.now()),
        lambda _said: address(decision),
        lambda _said: _("The outcome is written down."),
    )
    return done or form_page("outcome.html", decision, form)
