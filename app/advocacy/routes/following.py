"""Following: from the page of a space for the groups one runs, and for one group all spaces at once."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from app.advocacy.addresses import space_path
from app.advocacy.blueprint import blueprint
from app.advocacy.forms.following import FollowForm, SpacesForm
from app.advocacy.queries import get_space, list_spaces, space_names
from app.advocacy.queries.following import spaces_followed_by
from app.advocacy.routes.spaces import render_space
from app.advocacy.services.following import choose_spaces, follow_space, unfollow_space
from app.core import clock
from app.core.context import page_language
from app.core.forms import carry_out
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor
from app.workinggroups.queries import get_inside_group


@blueprint.post("/spaces/<slug>/follow")
def follow(slug: str) -> Any:
    """One click, beside the name of a group."""
    actor, space, form = current_actor(), get_space(slug), FollowForm()
    group = get_inside_group(actor, form.group.data or "")
    act = follow_space if form.follows.data else unfollow_space
    done = carry_out(
        form,
        lambda: act(actor, group, space, now=clock.now()),
        lambda _nothing: space_path(slug),
        lambda _nothing: (
            _("The group follows this space: its dates stand on the page of the group.")
            if form.follows.data
            else _("The group does not follow this space any more.")
        ),
    )
    return done or render_space(slug, form)


@blueprint.route("/followed-by/<group_slug>", methods=["GET", "POST"])
def choose_followed(group_slug: str) -> Any:
    """The spaces that a group follows, to tick."""
    actor, form = current_actor(), SpacesForm()
    group = get_inside_group(actor, group_slug)
    require(actor, "advocacy.follow", group)
    spaces = list_spaces()
    names, offered = space_names(spaces), [space.id for space in spaces]
    labels = [(row.id, f"{row.acronym} · {names[row.id]}" if row.acronym else str(names[row.id])) for row in spaces]
    form.offer(labels)
    done = carry_out(
        form,
        lambda: choose_spaces(actor, group, form.chosen(), offered, now=clock.now()),
        lambda _nothing: url_for("workinggroups.show_group", slug=group.slug, _anchor="advocacy"),
        lambda _nothing: _("Kept. The dates of these spaces stand on the page of the group."),
    )
    if done:
        return done
    if not form.is_submitted():
        form.spaces.data = list(spaces_followed_by(group.id))
    name = names_of("group", [group.id], page_language())[group.id]
    return render_template("advocacy/choose_followed.html", form=form, group=group, name=name), form.status
