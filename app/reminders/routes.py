"""Pages of reminders: the plans of the house, of a track, a group, a space; taking care of a deadline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template
from flask_babel import gettext as _

from app.advocacy.addresses import occurrence_path
from app.advocacy.queries import get_space
from app.advocacy.queries.occurrences import get_occurrence, get_step
from app.core import clock
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.forms import ActionForm, carry_out
from app.core.permissions import can, require
from app.core.web import at_most_hourly, current_actor
from app.reminders import services, showing
from app.reminders.addresses import owner_path, place_path
from app.reminders.defaults import plain
from app.reminders.forms import PlanForm
from app.reminders.kinds import Kind, Scope, kinds_of
from app.reminders.policy import Place
from app.reminders.words import SLUGS, kind_words
from app.sessions.queries import get_visible_track
from app.workinggroups.queries import get_inside_group

blueprint = Blueprint("reminders", "app.reminders", url_prefix="/reminders", template_folder="templates")

_KIND = f"<any({', '.join(kind.value for kind in Kind)}):kind>"
_PLACE = f"<any({', '.join(SLUGS)}):where>/<slug>"


def _place_of(actor: Actor, where: str, slug: str) -> Place:
    """Return a place that the actor sees, a group from inside; 404 otherwise. Its plan is no secret to whoever does."""
    scope = SLUGS[where]
    if scope is Scope.TRACK:
        return Place(scope, get_visible_track(actor, slug))
    if scope is Scope.GROUP:
        return Place(scope, get_inside_group(actor, slug))
    return Place(scope, get_space(slug))


@blueprint.get("/")
def show_house() -> Any:
    """What the house does where nobody chose otherwise, for everybody with an account."""
    return _show(current_actor(), Place(Scope.HOUSE))


@blueprint.get(f"/{_PLACE}")
def show_place(where: str, slug: str) -> Any:
    actor = current_actor()
    return _show(actor, _place_of(actor, where, slug))


def _show(actor: Actor, place: Place, refused: ActionForm | None = None) -> Any:
    page = render_template(
        "reminders/place.html",
        place=place,
        name=showing.name_of(place),
        owner=owner_path(place),
        may_plan=can(actor, "reminders.plan", place),
        plans=showing.plans_shown(actor, place, clock.now()),
        refused=refused,
    )
    return page, refused.status if refused is not None else 200


@blueprint.route(f"/{_KIND}", methods=["GET", "POST"])
def change_house_plan(kind: str) -> Any:
    return _change(current_actor(), Place(Scope.HOUSE), Kind(kind))


@blueprint.route(f"/{_PLACE}/{_KIND}", methods=["GET", "POST"])
def change_plan(where: str, slug: str, kind: str) -> Any:
    actor = current_actor()
    return _change(actor, _place_of(actor, where, slug), Kind(kind))


def _change(actor: Actor, place: Place, kind: Kind) -> Any:
    require(actor, "reminders.plan", place)
    if kind not in kinds_of(place.scope):
        raise NotFound
    (rules, _source), form = showing.holding(place, kind), PlanForm()
    form.offer(kind, place.scope, rules)
    done = carry_out(
        form,
        lambda: services.choose_plan(
            actor,
            place,
            kind,
            services.Chosen(form.minutes(), form.whom(), form.chosen_after(), before=plain(kind, rules)),
            now=clock.now(),
        ),
        lambda _plan: place_path(place),
        lambda plan: _("Kept. It holds from now on.") if plan.rules else _("Kept. Nobody is reminded of these."),
    )
    if done:
        return done
    if not form.is_submitted():
        form.show(kind, rules)
    page = render_template(
        "reminders/plan.html",
        place=place,
        name=showing.name_of(place),
        back=place_path(place),
        label=kind_words(kind, place.scope),
        kind=kind,
        found=showing.times_of(kind, place.scope, rules),
        form=form,
    )
    return page, form.status


@blueprint.post(f"/{_KIND}/as-before")
def go_back_to_defaults(kind: str) -> Any:
    return _go_back(current_actor(), Place(Scope.HOUSE), Kind(kind))


@blueprint.post(f"/{_PLACE}/{_KIND}/as-before")
def go_back(where: str, slug: str, kind: str) -> Any:
    actor = current_actor()
    return _go_back(actor, _place_of(actor, where, slug), Kind(kind))


def _go_back(actor: Actor, place: Place, kind: Kind) -> Any:
    require(actor, "reminders.plan", place)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.go_back(actor, place, kind, now=clock.now()),
        lambda _nothing: place_path(place),
        lambda _nothing: _("What the house does holds again."),
    )
    return done or _show(actor, place, form)


@blueprint.post("/deadlines/<uuid:occurrence_id>/<uuid:step_id>/<group_slug>")
def take_care(occurrence_id: UUID, step_id: UUID, group_slug: str) -> Any:
    """One click: somebody takes care of a deadline for a group."""
    words = _("You take care of it. Nobody of your group is reminded of this date again.")
    return _about_care(occurrence_id, step_id, group_slug, services.acknowledge_deadline, words)


@blueprint.post("/deadlines/<uuid:occurrence_id>/<uuid:step_id>/<group_slug>/hand-back")
@at_most_hourly(10)
def hand_back(occurrence_id: UUID, step_id: UUID, group_slug: str) -> Any:
    """One click: nobody takes care of a deadline for a group any more."""
    words = _("Handed back. Whoever runs the group is reminded of it again.")
    return _about_care(occurrence_id, step_id, group_slug, services.hand_back, words)


def _about_care(occurrence_id: UUID, step_id: UUID, group_slug: str, act: Callable[..., Any], words: str) -> Any:
    actor, step, form = current_actor(), get_step(get_occurrence(occurrence_id), step_id), ActionForm()
    group, back = get_inside_group(actor, group_slug), f"{occurrence_path(step.occurrence_id)}#care"
    done = carry_out(
        form,
        lambda: act(actor, step, group, now=clock.now()),
        lambda _done: back,
        lambda _done: words,
    )
    if done:
        return done
    sentences = [*form.general_errors, *(words for found in form.errors.values() for words in found)]
    return render_template("reminders/refused.html", sentences=sentences, back=back), form.status
