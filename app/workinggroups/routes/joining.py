"""Coming into a group: joining, acknowledging changed objectives, asking to observe."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import gettext as _

from app.core import clock
from app.core.forms import ActionForm, carry_out
from app.core.web import current_actor
from app.workinggroups import policy, queries, services
from app.workinggroups.blueprint import blueprint
from app.workinggroups.forms import JoinForm, ObserveForm
from app.workinggroups.models import GroupMembership, ObserverRequest, ObserverRequestState, Standing
from app.workinggroups.routes.groups import address, name_of, show


def _said_on_joining(place: GroupMembership) -> str:
    if place.standing is Standing.GUEST:
        return str(_("You take part in this group as a guest now."))
    return str(_("You are a member of this group now."))


@blueprint.post("/groups/<slug>/join")
def join_group(slug: str) -> Any:
    """A refusal comes back on the page of the group, with the rule and the other ways in beside it (A2)."""
    actor, now = current_actor(), clock.now()
    group = queries.get_visible_group(actor, slug)
    form = JoinForm()
    done = carry_out(
        form,
        lambda: services.join_group(
            actor,
            group,
            acknowledges=bool(form.acknowledge.data),
            organisation_id=form.organisation_id,
            alone=form.is_alone,
            now=now,
        ),
        lambda _place: address(group),
        _said_on_joining,
    )
    return done or show(group, join_form=form)


@blueprint.post("/groups/<slug>/acknowledge")
def acknowledge_objectives(slug: str) -> Any:
    actor = current_actor()
    group = queries.get_visible_group(actor, slug)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.acknowledge_objectives(actor, group, now=clock.now()),
        lambda _place: address(group),
        lambda _place: _("Thank you. You share the objectives as they stand now."),
    )
    return done or show(group, form=form)


@blueprint.route("/groups/<slug>/observe", methods=["GET", "POST"])
def ask_to_observe(slug: str) -> Any:
    actor, now = current_actor(), clock.now()
    group = queries.get_visible_group(actor, slug)
    form = ObserveForm()
    done = carry_out(
        form,
        lambda: services.ask_to_observe(actor, group, words=str(form.words.data or ""), now=now),
        lambda _request: address(group),
        _said_on_asking,
    )
    if done:
        return done
    page = render_template(
        "workinggroups/observe.html",
        group=group,
        name=name_of(group),
        form=form,
        takes_observers=policy.may_be_asked_to_observe(group),
        is_inside=queries.find_membership(group, actor.person_id) is not None,
        is_asked=queries.find_open_request(group, actor.person_id) is not None,
    )
    return page, form.status


def _said_on_asking(request: ObserverRequest | None) -> str:
    if request is None or request.state is not ObserverRequestState.ASKED:
        return str(_("You are inside this group already."))
    return str(_("Your request is sent. The coordinators answer it, and we write to you then."))


@blueprint.post("/groups/<slug>/observe/withdraw")
def withdraw_request(slug: str) -> Any:
    actor = current_actor()
    group = queries.get_visible_group(actor, slug)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.withdraw_request(actor, group, now=clock.now()),
        lambda _was_open: address(group),
        lambda _was_open: _("Your request is taken back."),
    )
    return done or show(group, form=form)
