"""Who carries a chantier: the page, asking, answering, taking back, leaving."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _

from app.chantiers import queries, services
from app.chantiers.activity import FEWEST, MOST
from app.chantiers.forms import AnswerForm, AskForm
from app.chantiers.forms.fields import offer_organisations
from app.chantiers.models import CarrierRequest, MissionLetter, RequestState
from app.chantiers.policy import can_read_letter
from app.chantiers.routes import blueprint
from app.chantiers.showing import contributors_shown, day_words, days_words, name_of, reads_language_of, situation
from app.chantiers.words import REQUEST_STATES
from app.core import clock
from app.core.actors import Actor
from app.core.context import page_language
from app.core.forms import ActionForm, carry_out
from app.core.markdown import to_html
from app.core.names import names_of
from app.core.web import at_most_hourly, current_actor, public
from app.people.mandates import require_spoken_for, spoken_for
from app.people.queries import get_visible_organisation
from app.workinggroups.models import GroupBlock, WorkingGroup
from app.workinggroups.queries import texts_of


def values_of(group: WorkingGroup) -> dict[str, Any]:
    """What every page of a chantier needs."""
    return {"group": group, "group_name": name_of(group), "day_words": day_words, "days_words": days_words}


def carrying(group: WorkingGroup) -> list[UUID]:
    """Return the organisations that carry a chantier now."""
    return [row.organisation_id for row in queries.current_carriers(group)]


def require_carrying(actor: Actor, action: str, group: WorkingGroup) -> None:
    """`require` for what the carriers do: a refusal tells whose mandate for one of them has ended that it has."""
    require_spoken_for(actor, action, group, carrying(group), clock.now().date())


def _here(group: WorkingGroup) -> str:
    return url_for("chantiers.list_carriers", slug=group.slug)


@blueprint.get("/groups/<slug>/carriers")
@public
def list_carriers(slug: str) -> Any:
    actor, now = current_actor(), clock.now()
    group = queries.get_visible_chantier(actor, slug)
    past = [row for row in queries.list_carriers(group) if row.left_at is not None]
    return render_template(
        "chantiers/carriers.html",
        now=situation(actor, group, now),
        past=past,
        past_names=names_of("organisation", {row.organisation_id for row in past}, page_language()),
        reads_requests=can_read_letter(actor, group),
        states=REQUEST_STATES,
        **values_of(group),
    )


@blueprint.route("/groups/<slug>/carriers/ask", methods=["GET", "POST"])
@at_most_hourly(20)
def ask_carrier(slug: str) -> Any:
    actor = current_actor()
    group = queries.get_visible_chantier(actor, slug)
    require_carrying(actor, "chantiers.ask_carrier", group)
    form = AskForm()
    carriers = queries.current_carriers(group)
    offer_organisations(
        form.organisation,
        only=spoken_for(clock.now().date()),
        left_out={row.organisation_id for row in carriers},
    )
    done = carry_out(
        form,
        lambda: services.ask_carrier(
            actor, group, get_visible_organisation(actor, form.organisation_id), now=clock.now()
        ),
        lambda _request: _here(group),
        lambda _request: _("Asked. Who speaks for the organisation is told, and answers."),
    )
    if done:
        return done
    has_room = len(carriers) < MOST
    return render_template("chantiers/ask.html", form=form, has_room=has_room, **values_of(group)), form.status


@blueprint.route("/groups/<slug>/carriers/requests/<uuid:request_id>", methods=["GET", "POST"])
def answer_request(slug: str, request_id: UUID) -> Any:
    actor = current_actor()
    group = queries.get_visible_chantier(actor, slug)
    today = clock.now().date()
    asked = queries.get_visible_request(actor, group, request_id, today)
    require_spoken_for(actor, "chantiers.answer_request", asked, [asked.organisation_id], today)
    form, letter = AnswerForm(), queries.find_letter_to_join(group, today)
    if letter is not None and not form.is_submitted():
        form.read.data, form.signs.data = letter.digest, False
    done = carry_out(form, lambda: _answer(form, asked, letter), lambda _row: _here(group), lambda _row: _said(asked))
    if done:
        return done
    page = render_template(
        "chantiers/answer.html",
        form=form,
        asked=asked,
        is_open=asked.state is RequestState.ASKED,
        now=situation(actor, group, clock.now()),
        texts={block.value: (row, to_html(row.body)) for block, row in texts_of(group, page_language()).items()},
        blocks=GroupBlock,
        letter=letter,
        letter_html=to_html(letter.scope) if letter else "",
        contributors=contributors_shown(letter) if letter else [],
        reads_letter=letter is not None and reads_language_of(actor, letter),
        **values_of(group),
    )
    return page, form.status


def _answer(form: AnswerForm, asked: CarrierRequest, letter: MissionLetter | None) -> Any:
    actor, now = current_actor(), clock.now()
    if form.decline.data:
        return services.decline_carrying(actor, asked, now=now)
    signs = letter if form.signs.data else None
    return services.accept_carrying(actor, asked, signs=signs, read=str(form.read.data or ""), now=now)


def _said(asked: CarrierRequest) -> str:
    if asked.state is RequestState.DECLINED:
        return str(_("Thank you for your answer. The carriers learn it."))
    return str(_("Your organisation carries this chantier now, and you are inside its group."))


@blueprint.post("/groups/<slug>/carriers/requests/<uuid:request_id>/withdraw")
def withdraw_request(slug: str, request_id: UUID) -> Any:
    """One click; what cannot be done any more leads back to the page of the carriers."""
    actor = current_actor()
    group = queries.get_visible_chantier(actor, slug)
    today = clock.now().date()
    asked = queries.get_visible_request(actor, group, request_id, today)
    require_spoken_for(actor, "chantiers.withdraw_request", asked, carrying(group), today)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.withdraw_request(actor, asked, now=clock.now()),
        lambda _row: _here(group),
        lambda _row: _("The request is taken back."),
    )
    return done or (render_template("chantiers/refused.html", form=form, back=_here(group), **values_of(group)), 422)


@blueprint.route("/groups/<slug>/carriers/<uuid:carrier_id>/leave", methods=["GET", "POST"])
def stop_carrying(slug: str, carrier_id: UUID) -> Any:
    """Asked on a page of its own, with what follows from it."""
    actor = current_actor()
    group = queries.get_visible_chantier(actor, slug)
    carrier = queries.get_visible_carrier(group, carrier_id)
    require_spoken_for(actor, "chantiers.stop_carrying", carrier, [carrier.organisation_id], clock.now().date())
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.stop_carrying(actor, carrier, now=clock.now()),
        lambda _carrier: _here(group),
        lambda _carrier: _("Your organisation no longer carries this chantier."),
    )
    if done:
        return done
    page = render_template(
        "chantiers/leave.html",
        form=form,
        carrier=carrier,
        organisation=names_of("organisation", [carrier.organisation_id], page_language())[carrier.organisation_id],
        would_suspend=len(queries.current_carriers(group)) <= FEWEST,
        **values_of(group),
    )
    return page, form.status
