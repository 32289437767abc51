"""Those who ask to observe a group, and the answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.context import page_language
from app.core.forms import carry_out
from app.core.names import names_of
from app.core.web import current_actor
from app.workinggroups import queries, services
from app.workinggroups.blueprint import blueprint
from app.workinggroups.forms import DecideForm
from app.workinggroups.routes.groups import name_of


@blueprint.get("/groups/<slug>/observers")
def list_observers(slug: str) -> Any:
    actor = current_actor()
    group = queries.get_visible_group(actor, slug)
    answered = request.args.get("view", "") == "answered"
    page = queries.page_requests(actor, group, answered=answered, cursor=request.args.get("after", ""))
    ids = {row.organisation_id for row in page.rows if row.organisation_id}
    return render_template(
        "workinggroups/observers.html",
        group=group,
        name=name_of(group),
        answered=answered,
        rows=page.rows,
        organisations=names_of("organisation", ids, page_language()),
        asked=queries.count_asked([group.id]).get(group.id, 0),
        next_cursor=page.next_cursor,
    )


@blueprint.route("/groups/<slug>/observers/<uuid:request_id>", methods=["GET", "POST"])
def decide_observer(slug: str, request_id: UUID) -> Any:
    actor, now = current_actor(), clock.now()
    group = queries.get_visible_group(actor, slug)
    wish = queries.get_request(actor, group, request_id)
    form = DecideForm()

    def work() -> bool:
        if form.is_refusal:
            return services.refuse_observer(actor, wish, reason=form.reason.data or "", now=now)
        return services.accept_observer(actor, wish, now=now)

    done = carry_out(
        form,
        work,
        lambda _answered: url_for("workinggroups.list_observers", slug=group.slug),
        lambda answered: _said(wish.person.name, is_refusal=form.is_refusal, answered=answered),
    )
    if done:
        return done
    organisation = names_of("organisation", [wish.organisation_id], page_language()) if wish.organisation_id else {}
    page = render_template(
        "workinggroups/observer.html",
        group=group,
        name=name_of(group),
        wish=wish,
        organisation=next(iter(organisation.values()), None),
        form=form,
    )
    return page, form.status


def _said(name: str, *, is_refusal: bool, answered: bool) -> str:
    if not answered:
        return str(_("Somebody has answered already."))
    if is_refusal:
        return str(_("%(name)s is refused and told.", name=name))
    return str(_("%(name)s observes this group now, and is told.", name=name))
