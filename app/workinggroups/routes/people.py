"""Who is inside a group: the list, its file, and leaving."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock, permissions
from app.core.database import writing_briefly
from app.core.forms import ActionForm, carry_out
from app.core.tables import CSV_TYPE, csv_of
from app.core.web import current_actor
from app.workinggroups import policy, queries, services, words
from app.workinggroups.blueprint import blueprint
from app.workinggroups.models import WorkingGroup
from app.workinggroups.routes.groups import address, name_of
from app.workinggroups.services.exports import record_people_export
from app.workinggroups.showing.groups import coordinators_of
from app.workinggroups.showing.people import people_of, table_of


@blueprint.get("/groups/<slug>/people")
def list_people(slug: str) -> Any:
    actor = current_actor()
    group = queries.get_visible_group(actor, slug)
    page = queries.page_members(actor, group, cursor=request.args.get("after", ""))
    return render_template(
        "workinggroups/people.html",
        group=group,
        name=name_of(group),
        words=words,
        lines=people_of(group, page.rows),
        counts=queries.count_standings(group),
        coordinators=coordinators_of(actor, group),
        runs=policy.can_run(actor, group),
        next_cursor=page.next_cursor,
    )


@blueprint.get("/groups/<slug>/people.csv")
def people_file(slug: str) -> Any:
    """The same people as a file, observers and guests marked; each one taken out of the house is written down."""
    actor = current_actor()
    group = queries.get_visible_group(actor, slug)
    permissions.require(actor, "workinggroups.run", group)
    lines = people_of(group, queries.list_members(group))
    body = csv_of(table_of(lines))
    headers = {"Content-Disposition": f'attachment; filename="people-{group.slug}.csv"'}
    with writing_briefly():
        record_people_export(actor, group, persons=len(lines), now=clock.now())
    return Response(body, content_type=CSV_TYPE, headers=headers)


@blueprint.route("/groups/<slug>/people/<uuid:place_id>/end", methods=["GET", "POST"])
def end_place(slug: str, place_id: UUID) -> Any:
    actor = current_actor()
    group = queries.get_visible_group(actor, slug)
    permissions.require(actor, "workinggroups.run", group)
    place = queries.get_place(group, place_id)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.end_somebodys_place(actor, group, place, now=clock.now()),
        lambda _ended: url_for("workinggroups.list_people", slug=group.slug),
        lambda _ended: _("%(name)s is no longer in this group, and is told.", name=place.person.name),
    )
    if done:
        return done
    page = render_template("workinggroups/end_place.html", group=group, name=name_of(group), place=place, form=form)
    return page, form.status


@blueprint.route("/groups/<slug>/leave", methods=["GET", "POST"])
def leave_group(slug: str) -> Any:
    actor = current_actor()
    group = queries.get_visible_group(actor, slug)
    permissions.require(actor, "workinggroups.join", group)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.leave_group(actor, group, now=clock.now()),
        lambda _left: _after_leaving(group),
        lambda left: _("You have left this group.") if left else _("You were not in this group."),
    )
    if done:
        return done
    is_coordinator = actor.person_id is not None and queries.find_coordinator(group.id, actor.person_id) is not None
    page = render_template(
        "workinggroups/leave.html",
        group=group,
        name=name_of(group),
        form=form,
        place=queries.find_membership(group, actor.person_id),
        is_coordinator=is_coordinator,
    )
    return page, form.status


def _after_leaving(group: WorkingGroup) -> str:
    """Who leaves a group that only its own people know of sees it no more."""
    stays_known = policy.sees_by_audience(current_actor(), group)
    return address(group) if stays_known else url_for("workinggroups.list_groups")
