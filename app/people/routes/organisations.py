"""Organisations: public facts for everybody, edited by the secretariat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.forms import carry_out
from app.core.markdown import to_html
from app.core.names import all_names, names_of
from app.core.permissions import can, require
from app.core.web import current_actor, public
from app.people import labels, queries, services
from app.people.forms import OrganisationForm, Search
from app.people.models import Organisation
from app.people.routes.account import day_words
from app.people.routes.blueprint import blueprint


@blueprint.get("/organisations/")
@public
def list_organisations() -> tuple[str, int]:
    """Organisations by name, with a search."""
    search = Search(request.args)
    if not search.validate():
        raise NotFound
    actor, parent = current_actor(), _organisation_asked(str(search.within.data or ""))
    page = queries.list_organisations(
        actor,
        page_language(),
        day=clock.now().date(),
        name=str(search.q.data or ""),
        within=parent,
        cursor=str(search.after.data or ""),
    )
    further = url_for("people.list_organisations", q=search.q.data or None, within=parent, after=page.next_cursor)
    return render_template(
        "people/organisations.html",
        search=search,
        lines=page.rows,
        parent=parent,
        parent_name=names_of("organisation", [parent], page_language())[parent] if parent else "",
        further=further if page.next_cursor else "",
        country_name=lambda code: labels.country_name(code, page_language()),
        labels=labels,
    ), 200


def _organisation_asked(written: str) -> UUID | None:
    """The organisation whose members are asked for: one that the reader sees."""
    if not written:
        return None
    try:
        return queries.get_visible_organisation(current_actor(), UUID(written)).id
    except ValueError:
        raise NotFound from None


@blueprint.get("/organisations/<uuid:organisation_id>")
@public
def show_organisation(organisation_id: UUID) -> tuple[str, int]:
    """One organisation; who speaks for it also sees who waits to belong to it."""
    actor, today = current_actor(), clock.now().date()
    organisation = queries.get_visible_organisation(actor, organisation_id)
    own = queries.own_words(organisation, page_language(), request.args.get("text", ""))
    return render_template(
        "people/organisation.html",
        organisation=organisation,
        own=own,
        own_text=to_html(own.text.body) if own.text is not None else "",
        ties=queries.ties_of(actor, organisation, today, page_language()),
        today=today,
        speakers=queries.speakers(actor, organisation, today),
        members=queries.members(actor, organisation, today),
        other_names=queries.other_names([organisation.id]).get(organisation.id, []),
        name=names_of("organisation", [organisation.id], page_language())[organisation.id],
        names=sorted(all_names("organisation", organisation.id).values(), key=lambda row: row.language),
        region=_region_name(organisation),
        pending=queries.list_pending(actor, organisation) if can(actor, "people.decide_for", organisation) else [],
        country_name=lambda code: labels.country_name(code, page_language()),
        day_words=day_words,
        labels=labels,
    ), 200


def _region_name(organisation: Organisation) -> object:
    if organisation.region_id is None:
        return ""
    return names_of("region", [organisation.region_id], page_language())[organisation.region_id]


@blueprint.route("/organisations/new", methods=["GET", "POST"])
def create_organisation() -> Response | tuple[str, int]:
    """Write a new organisation."""
    actor, form, alike = current_actor(), OrganisationForm(), Alike()
    require(actor, "people.manage_organisations")
    response = carry_out(
        form,
        lambda: alike.noted(
            lambda: services.create_organisation(
                actor, facts=form.facts(), is_another=bool(form.is_another.data), now=clock.now()
            )
        ),
        lambda row: url_for("people.show_organisation", organisation_id=row.id),
        lambda _row: _("The organisation is kept."),
    )
    names = names_of("organisation", alike.known, page_language())
    return response or (render_template("people/organisation_form.html", form=form, alike=names), form.status)


@dataclass
class Alike:
    """The organisations of the same name that a refusal told of, for the page that shows them."""

    known: list[UUID] = field(default_factory=list)

    def noted(self, work: Callable[[], Organisation]) -> Organisation:
        try:
            return work()
        except services.LooksKnown as error:
            self.known = error.known
            raise


@blueprint.route("/organisations/<uuid:organisation_id>/edit", methods=["GET", "POST"])
def edit_organisation(organisation_id: UUID) -> Response | tuple[str, int]:
    """Change what is said of an organisation."""
    actor, form = current_actor(), OrganisationForm()
    organisation = queries.get_visible_organisation(actor, organisation_id)
    require(actor, "people.manage_organisations", organisation)
    form.keep_kind(organisation.kind)
    if not form.is_submitted():
        form.fill_from(organisation)
    response = carry_out(
        form,
        lambda: services.change_organisation(
            actor, organisation, facts=form.facts(), is_checked=bool(form.is_checked.data), now=clock.now()
        ),
        lambda row: url_for("people.show_organisation", organisation_id=row.id),
        lambda _row: _("The organisation is kept."),
    )
    return response or (
        render_template(
            "people/organisation_form.html",
            form=form,
            organisation=organisation,
            name=names_of("organisation", [organisation.id], page_language())[organisation.id],
            is_unsure=organisation.certainty in labels.CERTAINTIES,
        ),
        form.status,
    )
