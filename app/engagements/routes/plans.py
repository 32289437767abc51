"""One engagement: planned, read, written anew, opened to the network, given up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.advocacy.addresses import occurrence_path, space_path
from app.advocacy.models import AdvocacySpace, Occurrence
from app.advocacy.queries import get_space, list_modes, list_spaces, space_names
from app.advocacy.words import ACCESSES, CLAIMS
from app.core import clock
from app.core.context import page_language
from app.core.errors import NotAllowed
from app.core.forms import ActionForm, Form, carry_out
from app.core.names import Name
from app.core.permissions import can, require
from app.core.web import current_actor
from app.engagements import queries, services, showing_page
from app.engagements.addresses import engagement_path
from app.engagements.forms import GiveUpForm, GroupsForm, PlanForm, ReadersForm
from app.engagements.models import Engagement, SignatoryState
from app.engagements.opening import opening_of
from app.engagements.routes import blueprint
from app.engagements.showing import group_names, title_of
from app.engagements.showing_deadlines import closing_lines
from app.engagements.words import PARTS
from app.extensions import db
from app.moments.models import Moment
from app.people.queries import get_visible_organisation, own_languages
from app.workinggroups.models import WorkingGroup
from app.workinggroups.queries import list_visible_groups

OFFERED = 60
"""So many sessions of a space stand in the list of the form, the latest first."""


def load(engagement_id: UUID) -> Engagement:
    """Return an engagement the actor reads; raises `NotFound`."""
    return queries.get_visible_engagement(current_actor(), engagement_id)


def head_values(engagement: Engagement) -> dict[str, Any]:
    """Return what the head of every page of an engagement needs."""
    return {"engagement": engagement, "title": title_of(engagement), "here": engagement_path(engagement.id)}


def _mine() -> list[tuple[WorkingGroup, Name]]:
    """Return the groups for which the reader may plan."""
    actor = current_actor()
    groups = [group for group in list_visible_groups(actor) if can(actor, "engagements.plan", group)]
    names = group_names(groups)
    return [(group, names[group.id]) for group in groups]


def _occurrences(space: AdvocacySpace) -> list[Occurrence]:
    wanted = (
        sa.select(Occurrence)
        .join(Moment, Moment.id == Occurrence.moment_id)
        .where(Occurrence.space_id == space.id)
        .order_by(Moment.starts_at.desc(), Occurrence.id)
        .limit(OFFERED)
    )
    return list(db.session.scalars(wanted))


def _offer(form: PlanForm, space: AdvocacySpace, groups: Any, engagement: Engagement | None = None) -> None:
    languages = [*([engagement.language] if engagement else []), *own_languages(current_actor()), page_language()]
    occurrence = engagement.occurrence if engagement else None
    form.offer(
        languages,
        groups=groups,
        occurrences=_occurrences(space),
        modes=list_modes(space),
        steps=queries.list_deadlines(occurrence) if occurrence is not None else (),
        now=clock.now(),
    )


def _own_groups() -> list[tuple[WorkingGroup, Name]]:
    """Return the groups the reader may plan for; raises `NotAllowed` where there is none."""
    groups = _mine()
    if not groups:
        raise NotAllowed("engagements.plan", _("Whoever runs a working group plans for it. Ask its coordinators."))
    return groups


@blueprint.get("/new")
def choose_space() -> Any:
    """Towards which space? All the rest depends on it."""
    _own_groups()
    asked: dict[str, Any] = {
        name: request.args[name] for name in ("group", "occurrence", "mode", "watch") if request.args.get(name)
    }
    if slug := request.args.get("space"):
        return redirect(url_for("engagements.plan", space_slug=get_space(slug).slug, **asked), 303)
    spaces = list_spaces()
    names = space_names(spaces)
    listed = sorted(((space, names[space.id]) for space in spaces), key=lambda pair: pair[1].text.casefold())
    return render_template("engagements/choose_space.html", spaces=listed, asked=asked)


@blueprint.route("/new/<space_slug>", methods=["GET", "POST"])
def plan(space_slug: str) -> Any:
    actor, groups, space = current_actor(), _own_groups(), get_space(space_slug)
    form = PlanForm()
    _offer(form, space, groups)
    if not form.is_submitted():
        wanted, only = request.args.get("group"), len(groups) == 1
        form.groups.data = [str(group.id) for group, _name in groups if only or group.slug == wanted]
        form.occurrence.data, form.mode.data = request.args.get("occurrence", ""), request.args.get("mode", "")
        form.is_watch_only.data = bool(request.args.get("watch"))
    done = carry_out(
        form,
        lambda: services.plan_engagement(
            actor,
            groups=form.chosen_groups(),
            plan=form.plan(space),
            lead=get_visible_organisation(actor, form.lead_id) if form.lead_id else None,
            now=clock.now(),
        ),
        lambda engagement: engagement_path(engagement.id),
        _said_planned,
    )
    if done:
        return done
    page = render_template(
        "engagements/plan.html",
        form=form,
        space=space,
        space_name=space_names([space])[space.id],
        closing=closing_lines(space, form.session, clock.now()),
        engagement=None,
    )
    return page, form.status


def _said_planned(engagement: Engagement) -> str:
    said, lead = str(_("It is planned. Those inside your group read it.")), engagement.lead
    if lead is None or lead.state is not SignatoryState.AGREED:
        return said
    by_naming = _("You speak for the organisation that leads: by naming it, you said yes for it.")
    return f"{said} {by_naming}"


@blueprint.get("/<uuid:engagement_id>")
def show(engagement_id: UUID) -> Any:
    return render_page(load(engagement_id))


def render_page(engagement: Engagement, refused: Form | None = None) -> Any:
    """The page of an engagement; with what was refused, where a click came too late."""
    actor = current_actor()
    page = showing_page.page_of(actor, engagement, clock.now())
    words = {"accesses": ACCESSES, "claims": CLAIMS, "parts": PARTS}
    paths = {"space_path": space_path, "occurrence_path": occurrence_path}
    values = {"page": page, "refused": refused, **words, **paths, **head_values(engagement)}
    rendered = render_template("engagements/show.html", **values)
    return rendered, refused.status if refused else 200


@blueprint.route("/<uuid:engagement_id>/edit", methods=["GET", "POST"])
def change(engagement_id: UUID) -> Any:
    actor, engagement = current_actor(), load(engagement_id)
    require(actor, "engagements.run", engagement)
    form, space = PlanForm(), engagement.space
    if not form.is_submitted():
        form.fill_from(engagement)
    _offer(form, space, [], engagement)
    done = carry_out(
        form,
        lambda: services.change_engagement(
            actor, engagement, form.plan(space), version=form.version_seen, now=clock.now()
        ),
        lambda _engagement: engagement_path(engagement_id),
        lambda _engagement: _("It is changed."),
    )
    if done:
        return done
    is_behind = bool(form.general_errors) and form.version_seen != engagement.version
    if is_behind:
        form.version.data = str(engagement.version)
    page = render_template(
        "engagements/plan.html",
        form=form,
        space=space,
        space_name=space_names([space])[space.id],
        closing=closing_lines(space, form.session, clock.now()),
        there=opening_of(engagement) if is_behind else None,
        **head_values(engagement),
    )
    return page, form.status


@blueprint.route("/<uuid:engagement_id>/groups", methods=["GET", "POST"])
def change_groups(engagement_id: UUID) -> Any:
    """To which groups it belongs: those that have it, and those the reader runs."""
    actor, engagement = current_actor(), load(engagement_id)
    require(actor, "engagements.run", engagement)
    form, own = GroupsForm(), _mine()
    names = group_names(engagement.groups)
    listed = {group.id: (group, names[group.id]) for group in engagement.groups} | {one[0].id: one for one in own}
    form.offer(list(listed.values()))
    if not form.is_submitted():
        form.groups.data = [str(group.id) for group in engagement.groups]
    done = carry_out(
        form,
        lambda: services.set_groups(actor, engagement, form.chosen(), now=clock.now()),
        lambda _engagement: engagement_path(engagement_id),
        lambda _engagement: _("It belongs to these groups now."),
    )
    return done or (render_template("engagements/groups.html", form=form, **head_values(engagement)), form.status)


@blueprint.post("/<uuid:engagement_id>/readers")
def set_readers(engagement_id: UUID) -> Any:
    """One click: the network reads it too, or only those inside."""
    actor, engagement, form = current_actor(), load(engagement_id), ReadersForm()
    opens = form.to.data == "network"
    act = services.open_to_network if opens else services.close_to_network
    done = carry_out(
        form,
        lambda: act(actor, engagement, now=clock.now()),
        lambda _engagement: f"{engagement_path(engagement_id)}#readers",
        lambda _engagement: _("The network reads it now.") if opens else _("Only those inside read it now."),
    )
    return done or render_page(engagement, form)


@blueprint.route("/<uuid:engagement_id>/give-up", methods=["GET", "POST"])
def give_up(engagement_id: UUID) -> Any:
    actor, engagement, form = current_actor(), load(engagement_id), GiveUpForm()
    require(actor, "engagements.run", engagement)
    done = carry_out(
        form,
        lambda: services.give_up(actor, engagement, because=str(form.because.data or ""), now=clock.now()),
        lambda _engagement: engagement_path(engagement_id),
        lambda _engagement: _("It is given up. What was written stays here to read."),
    )
    return done or (render_template("engagements/give_up.html", form=form, **head_values(engagement)), form.status)


@blueprint.post("/<uuid:engagement_id>/take-up")
def take_up_again(engagement_id: UUID) -> Any:
    actor, engagement, form = current_actor(), load(engagement_id), ActionForm()
    done = carry_out(
        form,
        lambda: services.take_up_again(actor, engagement, now=clock.now()),
        lambda _engagement: engagement_path(engagement_id),
        lambda _engagement: _("It is planned again."),
    )
    return done or render_page(engagement, form)
