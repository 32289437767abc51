"""To which larger organisations an organisation belongs."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import page_language
from app.core.forms import ActionForm, carry_out
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor
from app.people import queries, services
from app.people.forms import EndTieForm, ParentForm
from app.people.models import OrganisationParent
from app.people.routes.account import day_words
from app.people.routes.blueprint import blueprint


@blueprint.route("/organisations/<uuid:organisation_id>/parents/new", methods=["GET", "POST"])
def add_parent(organisation_id: UUID) -> Response | tuple[str, int]:
    """Say to which larger organisation it belongs."""
    actor, form = current_actor(), ParentForm()
    organisation = queries.get_visible_organisation(actor, organisation_id)
    require(actor, "people.manage_organisations", organisation)
    response = carry_out(
        form,
        lambda: services.add_parent(
            actor,
            organisation,
            parent_id=form.parent_id(),
            days=form.days(),
            source=str(form.source.data or ""),
            language=page_language(),
            now=clock.now(),
        ),
        lambda _row: url_for("people.show_organisation", organisation_id=organisation_id, _anchor="ties"),
        lambda _row: _("The tie is kept."),
    )
    name = names_of("organisation", [organisation.id], page_language())[organisation.id]
    return response or (
        render_template("people/add_parent.html", form=form, organisation=organisation, name=name),
        form.status,
    )


@blueprint.route("/organisations/ties/<uuid:tie_id>", methods=["GET", "POST"])
def end_parent(tie_id: UUID) -> Response | tuple[str, int]:
    """Let a tie end with a day."""
    actor, form = current_actor(), EndTieForm()
    tie = queries.get_tie(actor, tie_id)
    if not form.is_submitted():
        form.until_on.data = tie.until_on or clock.now().date()
    back = url_for("people.show_organisation", organisation_id=tie.organisation_id, _anchor="ties")
    response = carry_out(
        form,
        lambda: services.end_parent(actor, tie, until_on=form.until_on.data, now=clock.now()),
        lambda _row: back,
        lambda _row: _("The end of the tie is kept."),
    )
    return response or (_page("people/end_parent.html", tie, form=form, back=back), form.status)


@blueprint.route("/organisations/ties/<uuid:tie_id>/remove", methods=["GET", "POST"])
def remove_parent(tie_id: UUID) -> Response | tuple[str, int]:
    """Ask once more, then take away a tie that was written by mistake."""
    actor, form = current_actor(), ActionForm()
    tie = queries.get_tie(actor, tie_id)
    back = url_for("people.show_organisation", organisation_id=tie.organisation_id, _anchor="ties")
    response = carry_out(
        form,
        lambda: services.remove_parent(actor, tie, now=clock.now()),
        lambda _none: back,
        lambda _none: _("The tie is taken away."),
    )
    return response or (_page("people/remove_parent.html", tie, form=form, back=back), form.status)


def _page(template: str, tie: OrganisationParent, **values: object) -> str:
    names = names_of("organisation", [tie.organisation_id, tie.parent_id], page_language())
    return render_template(
        template,
        tie=tie,
        child=names[tie.organisation_id],
        parent=names[tie.parent_id],
        today=clock.now().date(),
        day_words=day_words,
        **values,
    )
