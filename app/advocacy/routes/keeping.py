"""The catalogue as people change it: spaces, ways to take part, word limits, rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _

from app.advocacy import words
from app.advocacy.addresses import space_path
from app.advocacy.blueprint import blueprint
from app.advocacy.forms.keeping import LimitForm, mode_form, space_form
from app.advocacy.forms.rules import RuleForm
from app.advocacy.models import SPACE, AdvocacySpace, WordLimit
from app.advocacy.queries import get_limit, get_mode, get_rule, get_space, list_modes, list_spaces, space_names
from app.advocacy.services import modes as mode_services
from app.advocacy.services import rules as rule_services
from app.advocacy.services import spaces as space_services
from app.advocacy.showing.spaces import limit_words
from app.core import clock
from app.core.forms import ActionForm, carry_out
from app.core.names import all_names
from app.core.permissions import require
from app.core.web import current_actor


def _head(space: AdvocacySpace) -> dict[str, Any]:
    """Return what the head of every page about a space needs."""
    return {"space": space, "name": space_names([space])[space.id]}


def _offer_spaces(form: Any) -> None:
    spaces = list_spaces()
    names = space_names(spaces)
    form.offer([(row.id, f"{row.acronym} · {names[row.id]}" if row.acronym else str(names[row.id])) for row in spaces])


@blueprint.route("/spaces/new", methods=["GET", "POST"])
def add_space() -> Any:
    actor, form = current_actor(), space_form()
    require(actor, "advocacy.keep_catalogue")
    _offer_spaces(form)
    done = carry_out(
        form,
        lambda: space_services.add_space(actor, form.facts(), now=clock.now()),
        lambda space: space_path(space.slug),
        lambda _space: _("The space is there. Say now how one takes part in it."),
    )
    return done or (render_template("advocacy/space_form.html", form=form, space=None), form.status)


@blueprint.route("/spaces/<slug>/change", methods=["GET", "POST"])
def change_space(slug: str) -> Any:
    actor, space, form = current_actor(), get_space(slug), space_form()
    require(actor, "advocacy.keep_catalogue", space)
    _offer_spaces(form)
    done = carry_out(
        form,
        lambda: space_services.change_space(actor, space, form.facts(), now=clock.now()),
        lambda _space: space_path(slug),
        lambda _space: _("Kept. This is the word of the house now: no newer catalogue changes it."),
    )
    if done:
        return done
    if not form.is_submitted():
        form.show(space, {code: row.text for code, row in all_names(SPACE, space.id).items()})
    return render_template("advocacy/space_form.html", form=form, **_head(space)), form.status


@blueprint.route("/spaces/<slug>/modes/new", methods=["GET", "POST"])
def add_mode(slug: str) -> Any:
    actor, space, form = current_actor(), get_space(slug), mode_form()
    require(actor, "advocacy.keep_catalogue", space)
    done = carry_out(
        form,
        lambda: mode_services.add_mode(actor, space, form.facts(), now=clock.now()),
        lambda mode: url_for("advocacy.change_mode", slug=slug, mode_id=mode.id),
        lambda _mode: _("Kept. If texts have a limit, add it below."),
    )
    return done or (render_template("advocacy/mode_form.html", form=form, mode=None, **_head(space)), form.status)


@blueprint.route("/spaces/<slug>/modes/<uuid:mode_id>", methods=["GET", "POST"])
def change_mode(slug: str, mode_id: UUID) -> Any:
    actor, space, form = current_actor(), get_space(slug), mode_form()
    require(actor, "advocacy.keep_catalogue", space)
    mode = get_mode(space, mode_id)
    done = carry_out(
        form,
        lambda: mode_services.change_mode(actor, mode, form.facts(), now=clock.now()),
        lambda _mode: f"{space_path(slug)}#modes",
        lambda _mode: _("Kept. This is the word of the house now: no newer catalogue changes it."),
    )
    if done:
        return done
    if not form.is_submitted():
        form.show(mode)
    limits = [(limit, limit_words(limit)) for limit in mode.limits]
    page = render_template("advocacy/mode_form.html", form=form, mode=mode, limits=limits, **_head(space))
    return page, form.status


@blueprint.route("/spaces/<slug>/modes/<uuid:mode_id>/limits/new", methods=["GET", "POST"])
def add_limit(slug: str, mode_id: UUID) -> Any:
    return _edit_limit(slug, mode_id, None)


@blueprint.route("/spaces/<slug>/modes/<uuid:mode_id>/limits/<uuid:limit_id>", methods=["GET", "POST"])
def change_limit(slug: str, mode_id: UUID, limit_id: UUID) -> Any:
    return _edit_limit(slug, mode_id, limit_id)


def _edit_limit(slug: str, mode_id: UUID, limit_id: UUID | None) -> Any:
    actor, space, form = current_actor(), get_space(slug), LimitForm()
    require(actor, "advocacy.keep_catalogue", space)
    mode = get_mode(space, mode_id)
    limit = get_limit(mode, limit_id) if limit_id else None

    def keep() -> None:
        if limit is None:
            mode_services.add_limit(actor, mode, form.facts(), now=clock.now())
        else:
            mode_services.change_limit(actor, limit, mode, form.facts(), now=clock.now())

    done = carry_out(form, keep, lambda _nothing: _mode_url(slug, mode_id), lambda _nothing: _("The limit is kept."))
    if done:
        return done
    if limit is not None and not form.is_submitted():
        form.show(limit)
    values: dict[str, Any] = {"mode": mode, "limit": limit, "mode_words": words.mode_name(mode)}
    return render_template("advocacy/limit_form.html", form=form, **values, **_head(space)), form.status


@blueprint.route("/spaces/<slug>/modes/<uuid:mode_id>/limits/<uuid:limit_id>/remove", methods=["GET", "POST"])
def remove_limit(slug: str, mode_id: UUID, limit_id: UUID) -> Any:
    """Asked on a page of its own."""
    actor, space, form = current_actor(), get_space(slug), ActionForm()
    require(actor, "advocacy.keep_catalogue", space)
    mode = get_mode(space, mode_id)
    limit: WordLimit = get_limit(mode, limit_id)
    done = carry_out(
        form,
        lambda: mode_services.remove_limit(actor, limit, mode, now=clock.now()),
        lambda _nothing: _mode_url(slug, mode_id),
        lambda _nothing: _("The limit is gone."),
    )
    said = limit_words(limit) if done is None else ""
    back = _mode_url(slug, mode_id)
    return done or (
        render_template("advocacy/remove_limit.html", form=form, said=said, back=back, **_head(space)),
        form.status,
    )


def _mode_url(slug: str, mode_id: UUID) -> str:
    return url_for("advocacy.change_mode", slug=slug, mode_id=mode_id)


def _offer_modes(form: RuleForm, space: AdvocacySpace) -> None:
    form.offer([(mode.id, str(words.mode_name(mode))) for mode in list_modes(space)])


@blueprint.route("/spaces/<slug>/rules/new", methods=["GET", "POST"])
def add_rule(slug: str) -> Any:
    actor, space, form = current_actor(), get_space(slug), RuleForm()
    require(actor, "advocacy.keep_catalogue", space)
    _offer_modes(form, space)
    done = carry_out(
        form,
        lambda: rule_services.add_rule(actor, space, form.facts(), now=clock.now()),
        lambda _rule: f"{space_path(slug)}#year",
        lambda _rule: _("The rule is kept. Sessions to come have their estimates from it now."),
    )
    return done or (render_template("advocacy/rule_form.html", form=form, rule=None, **_head(space)), form.status)


@blueprint.route("/spaces/<slug>/rules/<uuid:rule_id>", methods=["GET", "POST"])
def change_rule(slug: str, rule_id: UUID) -> Any:
    actor, space, form = current_actor(), get_space(slug), RuleForm()
    require(actor, "advocacy.keep_catalogue", space)
    rule = get_rule(space, rule_id)
    _offer_modes(form, space)
    done = carry_out(
        form,
        lambda: rule_services.change_rule(actor, rule, form.facts(), now=clock.now()),
        lambda _rule: f"{space_path(slug)}#year",
        lambda _rule: _("The rule is kept. Estimates of sessions to come have followed it."),
    )
    if done:
        return done
    if not form.is_submitted():
        form.show(rule)
    return render_template("advocacy/rule_form.html", form=form, rule=rule, **_head(space)), form.status
