"""Where a recommendation stands, who follows it, what was seen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _

from app.core import clock
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.forms import ActionForm, carry_out
from app.core.permissions import require
from app.core.web import current_actor
from app.engagements.policy import is_inside
from app.people.models import Organisation
from app.people.queries import get_visible_organisation, own_languages
from app.recommendations import queries, services, showing
from app.recommendations.addresses import recommendation_path
from app.recommendations.forms import EvidenceForm, FollowForm, LookForm, uuid_of
from app.recommendations.models import Status
from app.recommendations.routes import blueprint
from app.recommendations.routes.register import render_page
from app.recommendations.words import STATUS_NOTES


@blueprint.route("/recommendations/<uuid:recommendation_id>/status", methods=["GET", "POST"])
def look(recommendation_id: UUID) -> Any:
    actor, row, form = current_actor(), queries.get_recommendation(recommendation_id), LookForm()
    require(actor, "recommendations.look", row)
    if not form.is_submitted():
        form.stands.data = row.status.value
    form.offer()
    done = carry_out(
        form,
        lambda: services.look(
            actor, row, status=Status(form.stands.data), because=str(form.because.data or ""), now=clock.now()
        ),
        lambda _row: recommendation_path(recommendation_id, "status"),
        lambda _row: _("Noted. Everybody reads where it stands."),
    )
    if done:
        return done
    line = showing.lines_of(actor, [row])[0]
    return render_template("recommendations/look.html", form=form, line=line, notes=STATUS_NOTES), form.status


def _organisation(form: FollowForm) -> Organisation | None:
    """Return for which organisation the click was; None for oneself."""
    typed = str(form.organisation.data or "")
    organisation_id = uuid_of(typed)
    if typed and organisation_id is None:
        raise NotFound
    return get_visible_organisation(current_actor(), organisation_id) if organisation_id is not None else None


@blueprint.post("/recommendations/<uuid:recommendation_id>/follow")
def follow(recommendation_id: UUID) -> Any:
    actor, row, form = current_actor(), queries.get_recommendation(recommendation_id), FollowForm()
    organisation = _organisation(form)
    require(actor, "recommendations.follow", organisation)
    done = carry_out(
        form,
        lambda: services.follow(actor, row, organisation, now=clock.now()),
        lambda _nothing: recommendation_path(recommendation_id, "followers"),
        lambda _nothing: _("Noted: you keep an eye on it."),
    )
    return done or render_page(queries.get_recommendation(recommendation_id), form)


@blueprint.post("/recommendations/<uuid:recommendation_id>/stop-following")
def stop_following(recommendation_id: UUID) -> Any:
    actor, row, form = current_actor(), queries.get_recommendation(recommendation_id), FollowForm()
    organisation = _organisation(form)
    require(actor, "recommendations.follow", organisation)
    done = carry_out(
        form,
        lambda: services.stop_following(actor, row, organisation, now=clock.now()),
        lambda _nothing: recommendation_path(recommendation_id, "followers"),
        lambda _nothing: _("Noted: you follow it no more."),
    )
    return done or render_page(queries.get_recommendation(recommendation_id), form)


@blueprint.route("/recommendations/<uuid:recommendation_id>/evidence/new", methods=["GET", "POST"])
def bring_evidence(recommendation_id: UUID) -> Any:
    actor, row, form = current_actor(), queries.get_recommendation(recommendation_id), EvidenceForm()
    require(actor, "recommendations.bring_evidence", row)
    is_in = row.engagement is not None and is_inside(actor, row.engagement)
    form.offer([*own_languages(actor), page_language()], is_in)
    done = carry_out(
        form,
        lambda: services.bring_evidence(actor, row, form.seen(), now=clock.now()),
        lambda _evidence: recommendation_path(recommendation_id, "evidence"),
        lambda _evidence: _("Thank you. Your evidence is there for the others."),
    )
    if done:
        return done
    line = showing.lines_of(actor, [row])[0]
    return render_template("recommendations/evidence_form.html", form=form, line=line), form.status


@blueprint.route(
    "/recommendations/<uuid:recommendation_id>/evidence/<uuid:evidence_id>/remove", methods=["GET", "POST"]
)
def take_evidence_back(recommendation_id: UUID, evidence_id: UUID) -> Any:
    """Asked on a page of its own."""
    actor, row, form = current_actor(), queries.get_recommendation(recommendation_id), ActionForm()
    evidence = queries.get_evidence(actor, row, evidence_id)
    require(actor, "recommendations.take_evidence_back", evidence)
    done = carry_out(
        form,
        lambda: services.take_evidence_back(actor, evidence, now=clock.now()),
        lambda _nothing: recommendation_path(recommendation_id, "evidence"),
        lambda _nothing: _("It is taken back."),
    )
    if done:
        return done
    page = render_template(
        "recommendations/evidence_remove.html",
        form=form,
        line=showing.lines_of(actor, [row])[0],
        evidence=evidence,
        seen_on=showing.seen_on_words(evidence),
    )
    return page, form.status
