"""Who runs a group: appointing, and ending a service."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _

from app.core import clock, permissions
from app.core.context import page_language
from app.core.forms import ActionForm, carry_out
from app.core.web import current_actor
from app.people import queries as people
from app.people.forms import PersonForm
from app.people.queries.meant import find_meant
from app.workinggroups import queries, services
from app.workinggroups.blueprint import blueprint
from app.workinggroups.models import GroupCoordinator, WorkingGroup
from app.workinggroups.queries.members import is_inside_filter
from app.workinggroups.routes.groups import address, name_of
from app.workinggroups.showing.groups import coordinators_of


def _load(slug: str) -> WorkingGroup:
    group = queries.get_visible_group(current_actor(), slug)
    permissions.require(current_actor(), "workinggroups.appoint", group)
    return group


def _address(group: WorkingGroup) -> str:
    return url_for("workinggroups.edit_coordinators", slug=group.slug)


def _appointed(row: GroupCoordinator) -> str:
    said = str(_("%(name)s runs this group now, and is told.", name=row.person.name))
    if row.person_id in people.persons_with_account([row.person_id]):
        return said
    # I18N: warning after somebody was appointed; it follows "… runs this group now, and is told."
    warning = _("This person has no account yet: they can run the group once they have one.")
    return f"{said} {warning}"


@blueprint.route("/groups/<slug>/coordinators", methods=["GET", "POST"])
def edit_coordinators(slug: str) -> Any:
    actor, now, group = current_actor(), clock.now(), _load(slug)
    form = PersonForm()
    if form.is_submitted():
        form.meet(find_meant(actor, form.written, known=is_inside_filter(group)))

    def work() -> GroupCoordinator:
        return services.appoint_coordinator(actor, group, person_id=form.meant_id, now=now)

    done = carry_out(form, work, lambda _row: _address(group), _appointed)
    if done:
        return done
    found = form.offer(now.date(), page_language())
    page = render_template(
        "workinggroups/coordinators.html",
        group=group,
        name=name_of(group),
        coordinators=coordinators_of(actor, group),
        form=form,
        found=found,
    )
    return page, form.status


@blueprint.route("/groups/<slug>/coordinators/<uuid:coordinator_id>/end", methods=["GET", "POST"])
def end_coordinator(slug: str, coordinator_id: UUID) -> Any:
    actor, group = current_actor(), _load(slug)
    coordinator = queries.get_coordinator(group, coordinator_id)
    is_own = coordinator.person_id == actor.person_id
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.end_coordinator(actor, group, coordinator, now=clock.now()),
        lambda _ended: address(group) if is_own else _address(group),
        lambda _ended: _("%(name)s no longer runs this group.", name=coordinator.person.name),
    )
    if done:
        return done
    page = render_template(
        "workinggroups/end_coordinator.html",
        group=group,
        name=name_of(group),
        coordinator=coordinator,
        is_own=is_own,
        form=form,
    )
    return page, form.status
