"""Founding a group, changing it, closing it and opening it again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _

from app.core import clock, permissions
from app.core.context import page_language
from app.core.forms import ActionForm, carry_out
from app.core.names import all_names, names_of
from app.core.web import current_actor
from app.extensions import db
from app.people import queries as people
from app.people.models import Region
from app.sessions import queries as programme
from app.sessions.models import Track
from app.workinggroups import queries, services, words
from app.workinggroups.blueprint import blueprint
from app.workinggroups.forms import group_form
from app.workinggroups.forms.founding import GroupForm
from app.workinggroups.models import GroupState, WorkingGroup
from app.workinggroups.routes.groups import address, name_of


def _load(slug: str) -> WorkingGroup:
    group = queries.get_visible_group(current_actor(), slug)
    permissions.require(current_actor(), "workinggroups.run", group)
    return group


def _tracks(group: WorkingGroup | None = None) -> dict[UUID, Track]:
    """The tracks to choose from: those the reader sees, and those out of which the group grew already."""
    seen = [*programme.list_visible_tracks(current_actor()), *(group.origins if group is not None else ())]
    return {track.id: track for track in seen}


def _show(form: GroupForm, group: WorkingGroup | None, tracks: dict[UUID, Track]) -> tuple[str, int]:
    language = page_language()
    names = names_of("track", tracks, language)
    form.offer(people.region_choices(language), [(track_id, names[track_id].text) for track_id in tracks])
    page = render_template(
        "workinggroups/form.html",
        form=form,
        group=group,
        name=name_of(group) if group is not None else None,
        kind_notes=words.KIND_NOTES,
    )
    return page, form.status


def _written(form: GroupForm, tracks: dict[UUID, Track]) -> dict[str, Any]:
    return {
        "words": form.words(),
        "rules": form.rules(),
        "region": db.session.get(Region, form.region_id) if form.region_id is not None else None,
        "origins": [tracks[track_id] for track_id in form.origin_ids if track_id in tracks],
        "now": clock.now(),
    }


@blueprint.route("/groups/new", methods=["GET", "POST"])
def create_group() -> Any:
    actor = current_actor()
    permissions.require(actor, "workinggroups.found")
    form, tracks = group_form(), _tracks()
    done = carry_out(
        form,
        lambda: services.create_group(actor, kind=form.wanted_kind, **_written(form, tracks)),
        address,
        lambda _group: _("The group stands. Tell people of it, or invite them."),
    )
    return done or _show(form, None, tracks)


@blueprint.route("/groups/<slug>/edit", methods=["GET", "POST"])
def change_group(slug: str) -> Any:
    actor, group = current_actor(), _load(slug)
    form, tracks, edition = group_form(group), _tracks(group), group.objectives_edition
    done = carry_out(
        form,
        lambda: services.change_group(actor, group, **_written(form, tracks)),
        address,
        lambda changed: _said_on_changing(changed, edition),
    )
    if done:
        return done
    if not form.is_submitted():
        names = {language: row.text for language, row in all_names("group", group.id).items()}
        form.show(group, names, queries.all_texts(group))
    return _show(form, group, tracks)


def _said_on_changing(group: WorkingGroup, edition: int) -> str:
    if group.objectives_edition > edition:
        return str(_("The group is changed. Its members are asked whether they share the new objectives."))
    return str(_("The group is changed."))


@blueprint.route("/groups/<slug>/close", methods=["GET", "POST"])
def close_group(slug: str) -> Any:
    group, form = _load(slug), ActionForm()
    done = carry_out(
        form,
        lambda: services.close_group(current_actor(), group, now=clock.now()),
        lambda _was_open: address(group),
        lambda _was_open: _("The group is closed."),
    )
    return done or _ask(group, form, "close")


@blueprint.route("/groups/<slug>/reopen", methods=["GET", "POST"])
def reopen_group(slug: str) -> Any:
    group, form = _load(slug), ActionForm()
    done = carry_out(
        form,
        lambda: services.reopen_group(current_actor(), group, now=clock.now()),
        lambda _was_closed: address(group),
        lambda _was_closed: _("The group is open again."),
    )
    return done or _ask(group, form, "reopen")


def _ask(group: WorkingGroup, form: ActionForm, act: str) -> tuple[str, int]:
    page = render_template(
        "workinggroups/ask_state.html",
        group=group,
        name=name_of(group),
        form=form,
        act=act,
        is_closed=group.state is GroupState.CLOSED,
        meetings=len(queries.list_to_call_off(group, now=clock.now())),
        back=url_for("workinggroups.show_group", slug=group.slug),
    )
    return page, form.status
