"""The list of groups, and the page of one."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from app.core import clock, slots
from app.core.context import page_language
from app.core.forms import ActionForm, Form
from app.core.names import names_of
from app.core.web import current_actor, public, readable_offline
from app.workinggroups import policy, queries, words
from app.workinggroups.blueprint import blueprint
from app.workinggroups.forms import JoinForm
from app.workinggroups.keys import GROUP, groups_named_in
from app.workinggroups.models import WorkingGroup
from app.workinggroups.rooms import dates_room
from app.workinggroups.showing.groups import by_kind, coordinators_of, lines_of, numbers_of, origins_of
from app.workinggroups.showing.joining import joining_of


def address(group: WorkingGroup) -> str:
    return url_for("workinggroups.show_group", slug=group.slug)


def name_of(group: WorkingGroup) -> Any:
    return names_of("group", [group.id], page_language())[group.id]


@blueprint.get("/groups/")
@public
@readable_offline
def list_groups() -> Any:
    actor, now = current_actor(), clock.now()
    lines = lines_of(actor, queries.list_visible_groups(actor), now=now)
    inside = groups_named_in(actor, GROUP)
    return render_template(
        "workinggroups/list.html",
        mine=[line for line in lines if line.group.id in inside],
        kinds=by_kind([line for line in lines if line.group.id not in inside]),
    )


def show(group: WorkingGroup, *, join_form: JoinForm | None = None, form: Form | None = None) -> tuple[str, int]:
    """Return the page of a group; `form` is a button that was refused, `join_form` a wish to join that was."""
    actor, now = current_actor(), clock.now()
    refused = join_form or form
    is_inside = policy.is_inside(actor, group)
    rooms = slots.parts("workinggroups.group", actor, group=group) if is_inside else []
    page = render_template(
        "workinggroups/show.html",
        group=group,
        name=name_of(group),
        region=names_of("region", [group.region_id], page_language())[group.region_id] if group.region_id else None,
        texts=queries.texts_of(group, page_language()),
        words=words,
        joining=joining_of(actor, group, now=now, form=join_form),
        origins=origins_of(actor, group),
        coordinators=coordinators_of(actor, group),
        numbers=numbers_of(actor, group),
        asked=queries.count_asked([group.id]).get(group.id, 0) if policy.can_run(actor, group) else 0,
        is_inside=is_inside,
        rooms=rooms,
        dates=dates_room(actor, group, rooms, now) if is_inside else "",
        runs=policy.can_run(actor, group),
        action=ActionForm(formdata=None),
        refused=refused,
    )
    return page, refused.status if refused else 200


@blueprint.get("/groups/<slug>")
@public
@readable_offline
def show_group(slug: str) -> Any:
    return show(queries.get_visible_group(current_actor(), slug))
