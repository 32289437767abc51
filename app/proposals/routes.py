"""Proposing a meeting, by anybody; proving one's address; the desk of those who answer."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import make_response, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import VISITOR, Actor
from app.core.acts.routes import WITHOUT_TOKEN
from app.core.context import page_language, speak, stay_outside
from app.core.errors import NotFound
from app.core.forms import ActionForm, carry_out
from app.core.permissions import can
from app.core.views import at_most_hourly, by_link, public
from app.core.web import PRIVATE, current_actor
from app.events.addresses import event_path
from app.people.queries import own_languages
from app.proposals import queries, services
from app.proposals.blueprint import blueprint
from app.proposals.forms import ProposeForm, PublishForm, RefuseForm
from app.proposals.links import read_token
from app.proposals.models import Proposal, ProposalState
from app.workinggroups.queries import list_visible_groups

__all__ = ["blueprint"]

SENT = "proposal_sent"
"""The proposal that was sent last from this browser, kept in its session."""

NOW = "now"
"""In the query of the address that a confirmation leads to."""


@blueprint.route("/agenda/propose", methods=["GET", "POST"])
@public
@at_most_hourly(10)
def propose() -> Any:
    actor, form = current_actor(), ProposeForm()
    form.offer_groups(list_visible_groups(VISITOR), [page_language()])
    done = carry_out(
        form,
        lambda: _propose(actor, form),
        lambda _proposal: url_for("proposals.received"),
    )
    return done or (render_template("proposals/propose.html", form=form), form.status)


@blueprint.get("/agenda/propose/received")
@public
def received() -> Any:
    """What arrived, as this browser sent it last, and what happens next."""
    page = render_template("proposals/received.html", proposal=queries.find_by_link(_sent_from_here()))
    answer = make_response(page)
    answer.headers.update(PRIVATE)
    return answer


def _sent_from_here() -> UUID | None:
    return UUID(session[SENT]) if SENT in session else None


def _propose(actor: Actor, form: ProposeForm) -> Proposal | None:
    """Nothing is kept of what a machine sent, and it reads the same sentence."""
    session.pop(SENT, None)
    if form.is_trapped:
        return None
    proposal = services.propose(actor, form.group(), form.planned(), form.proposer(), now=clock.now())
    session[SENT] = str(proposal.id)
    return proposal


@blueprint.route("/agenda/propose/<token>", methods=["GET", "POST"])
@public
@by_link
def confirm(token: str) -> Any:
    """Asked on a page of its own: programs that look at the links of mails change nothing, nor does a form that none of
    our pages sent. The link is the authority, without any cookie; the page speaks the language of the mail."""
    stay_outside()
    proposal, form = queries.find_by_link(read_token(token)), ActionForm(meta=WITHOUT_TOKEN)
    if proposal is None:
        raise NotFound
    speak(proposal.page_language)
    answer = _confirm(proposal, form) if request.form.get("submission_id") else None
    if answer is None:
        said = None if proposal.state is ProposalState.SENT else _how_it_stands(proposal)
        event = queries.find_open_event(proposal)
        values = {"form": form, "proposal": proposal, "said": said, "event": event, "event_path": event_path}
        page = render_template("proposals/confirm.html", **values)
        answer = make_response(page, form.status)
    return answer


def _confirm(proposal: Proposal, form: ActionForm) -> Response | None:
    """Lead to this address again, which says what was done; it is kept nowhere."""
    answer = carry_out(form, lambda: services.confirm(proposal, now=clock.now()), lambda _proposal: "")
    if answer is not None:
        answer.location = f"{request.path}?{urlencode(request.args.to_dict() | {'said': NOW})}"
    return answer


def _how_it_stands(proposal: Proposal) -> str:
    """What is said to who has confirmed a proposal: just now, or before."""
    if proposal.state is ProposalState.REFUSED:
        return str(_("It was not taken into our agenda. Who answered writes:"))
    if proposal.state is not ProposalState.WAITING:
        return str(_("This proposal is answered."))
    if request.args.get("said") == NOW:
        return str(_("You have confirmed it: now a person reads it, and answers you by mail."))
    return str(_("You had confirmed it before. It waits for an answer, which comes to you by mail."))


@blueprint.get("/proposals")
def list_proposals() -> Any:
    """What waits for the reader's answer."""
    rows = queries.list_waiting(current_actor())
    return render_template("proposals/list.html", rows=rows)


@blueprint.route("/proposals/<uuid:proposal_id>", methods=["GET", "POST"])
def decide(proposal_id: UUID) -> Any:
    """What was proposed stands in the form: published as it is, or corrected."""
    actor = current_actor()
    proposal, form = queries.get_proposal(actor, proposal_id), PublishForm()
    if not form.is_submitted():
        form.fill_proposal(proposal)
    form.offer(
        [proposal.group] if proposal.group is not None else [],
        for_network=can(actor, "events.write_for_network"),
        languages=[proposal.language, *own_languages(actor), page_language()],
    )
    done = carry_out(
        form,
        lambda: services.publish(actor, proposal, form.group(), form.planned(), now=clock.now()),
        lambda event: event_path(event.id),
        lambda _event: _("It stands in the agenda. Whoever proposed it is told."),
    )
    return done or _page(proposal, form, RefuseForm(formdata=None), form.status)


@blueprint.post("/proposals/<uuid:proposal_id>/refuse")
def refuse(proposal_id: UUID) -> Any:
    actor, form = current_actor(), RefuseForm()
    proposal = queries.get_proposal(actor, proposal_id)
    done = carry_out(
        form,
        lambda: services.refuse(actor, proposal, str(form.because.data or ""), now=clock.now()),
        lambda _proposal: url_for("proposals.list_proposals"),
        lambda _proposal: _("Whoever proposed it reads why."),
    )
    if done:
        return done
    publishing = PublishForm(formdata=None)
    publishing.fill_proposal(proposal)
    publishing.offer(
        [proposal.group] if proposal.group is not None else [],
        for_network=can(actor, "events.write_for_network"),
        languages=[proposal.language, page_language()],
    )
    return _page(proposal, publishing, form, form.status)


def _page(proposal: Proposal, form: PublishForm, refusing: RefuseForm, status: int) -> Any:
    waits = proposal.state is ProposalState.WAITING
    page = render_template("proposals/decide.html", proposal=proposal, form=form, refusing=refusing, waits=waits)
    return page, status
