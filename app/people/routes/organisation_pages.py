"""What an organisation says of itself: texts, contact, other names. Kept by who speaks for it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import page_language
from app.core.errors import NotFound, RuleBroken
from app.core.forms import ActionForm, carry_out
from app.core.languages import check_tag, name_in
from app.core.markdown import to_html
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor
from app.people import queries, services
from app.people.forms import ContactForm, NewTextForm, OtherNameForm, PageTextForm
from app.people.models import Organisation, OrganisationContact
from app.people.routes.blueprint import blueprint


def _mine(organisation_id: UUID) -> Organisation:
    """Return an organisation whose page the reader writes."""
    organisation = queries.get_visible_organisation(current_actor(), organisation_id)
    require(current_actor(), "people.edit_organisation_page", organisation)
    return organisation


def _name(organisation: Organisation) -> Any:
    return names_of("organisation", [organisation.id], page_language())[organisation.id]


@blueprint.route("/organisations/<uuid:organisation_id>/page", methods=["GET", "POST"])
def edit_organisation_page(organisation_id: UUID) -> Response | tuple[str, int]:
    """Everything that may be kept of the page; POST opens the text of another language."""
    organisation, form = _mine(organisation_id), NewTextForm()
    words = queries.own_words(organisation, page_language())
    form.offer_languages(first=[page_language().partition("-")[0]], left_out=words.languages)
    if form.is_submitted() and form.validate():
        target = url_for("people.edit_organisation_text", organisation_id=organisation_id, language=form.tag())
        return redirect(target, 303)
    return _desk(organisation, form=form), form.status


def _desk(organisation: Organisation, *, form: NewTextForm | None = None, contact: ContactForm | None = None) -> str:
    words = queries.own_words(organisation, page_language())
    if form is None:
        form = NewTextForm(formdata=None)
        form.offer_languages(first=[page_language().partition("-")[0]], left_out=words.languages)
    contact_form = contact if contact is not None else _contact_of(words.contact)
    return render_template(
        "people/organisation_page.html",
        organisation=organisation,
        name=_name(organisation),
        words=words,
        form=form,
        contact_form=contact_form,
        refused=form if form.is_refused else contact_form,
        theirs=words.contact if contact_form.general_errors else None,
    )


def _contact_of(contact: OrganisationContact | None) -> ContactForm:
    form = ContactForm(formdata=None)
    form.remember(contact)
    if contact is not None:
        form.website.data, form.email.data = contact.website, contact.email
    return form


@blueprint.route("/organisations/<uuid:organisation_id>/texts/<language>", methods=["GET", "POST"])
def edit_organisation_text(organisation_id: UUID, language: str) -> Response | tuple[str, int]:
    """Write what an organisation says of itself in one language; seen before it is kept, if its writer wants."""
    actor, organisation, tag = current_actor(), _mine(organisation_id), _tag(language)
    form, known = PageTextForm(), queries.find_text(organisation_id, tag)
    if not form.is_submitted():
        form.body.data = known.body if known is not None else ""
        form.remember(known)
    response = None
    if not form.preview.data:
        response = carry_out(
            form,
            lambda: services.write_text(
                actor,
                organisation,
                language=tag,
                body=str(form.body.data or ""),
                read_at=form.was_read_at(),
                now=clock.now(),
            ),
            lambda _row: url_for("people.show_organisation", organisation_id=organisation_id, text=tag),
            lambda _row: _("The text is kept."),
        )
    if response is not None:
        return response
    theirs = queries.find_text(organisation_id, tag) if form.general_errors else None
    if form.general_errors:
        form.remember(theirs)
    is_seen = bool(form.preview.data) and form.validate()
    page = render_template(
        "people/organisation_text.html",
        organisation=organisation,
        name=_name(organisation),
        form=form,
        language=tag,
        language_name=name_in(tag, page_language()),
        known=known,
        theirs=to_html(theirs.body) if theirs is not None else "",
        preview=to_html(str(form.body.data or "")) if is_seen else "",
    )
    return page, form.status


def _tag(language: str) -> str:
    try:
        tag = check_tag(language)
    except RuleBroken:
        raise NotFound from None
    if tag != language:
        raise NotFound
    return tag


@blueprint.route("/organisations/<uuid:organisation_id>/texts/<language>/remove", methods=["GET", "POST"])
def remove_organisation_text(organisation_id: UUID, language: str) -> Response | tuple[str, int]:
    """Ask once more, then take the text in one language away."""
    actor, organisation, tag, form = current_actor(), _mine(organisation_id), _tag(language), ActionForm()
    response = carry_out(
        form,
        lambda: services.remove_text(actor, organisation, language=tag, now=clock.now()),
        lambda _none: url_for("people.edit_organisation_page", organisation_id=organisation_id),
        lambda _none: _("The text is taken away."),
    )
    if response is None and queries.find_text(organisation_id, tag) is None:
        raise NotFound
    return response or (
        render_template(
            "people/remove_organisation_text.html",
            organisation=organisation,
            name=_name(organisation),
            form=form,
            language=tag,
            language_name=name_in(tag, page_language()),
        ),
        form.status,
    )


@blueprint.post("/organisations/<uuid:organisation_id>/contact")
def edit_organisation_contact(organisation_id: UUID) -> Response | tuple[str, int]:
    """Keep website and public address."""
    actor, organisation, form = current_actor(), _mine(organisation_id), ContactForm()
    response = carry_out(
        form,
        lambda: services.write_contact(
            actor,
            organisation,
            website=str(form.website.data or ""),
            email=str(form.email.data or ""),
            read_at=form.was_read_at(),
            now=clock.now(),
        ),
        lambda _row: url_for("people.show_organisation", organisation_id=organisation_id),
        lambda _row: _("The contact is kept."),
    )
    if response is None and form.general_errors:
        form.remember(queries.find_contact(organisation_id))
    return response or (_desk(organisation, contact=form), form.status)


@blueprint.route("/organisations/<uuid:organisation_id>/names", methods=["GET", "POST"])
def edit_other_names(organisation_id: UUID) -> Response | tuple[str, int]:
    """The other names by which it is found; POST adds one."""
    actor, organisation, form = current_actor(), _mine(organisation_id), OtherNameForm()
    form.offer_languages(first=[page_language().partition("-")[0]])
    response = carry_out(
        form,
        lambda: services.add_other_name(
            actor, organisation, text=str(form.text.data), language=form.tag(), now=clock.now()
        ),
        lambda _none: url_for("people.edit_other_names", organisation_id=organisation_id),
        lambda _none: _("The name is kept. Searching finds it."),
    )
    return response or _names_page(organisation, form)


def _names_page(organisation: Organisation, form: OtherNameForm) -> tuple[str, int]:
    page = render_template(
        "people/other_names.html",
        organisation=organisation,
        name=_name(organisation),
        form=form,
        other_names=queries.other_names([organisation.id]).get(organisation.id, []),
    )
    return page, form.status


@blueprint.post("/organisations/<uuid:organisation_id>/names/<uuid:name_id>/remove")
def remove_other_name(organisation_id: UUID, name_id: UUID) -> Response | tuple[str, int]:
    """Take another name away; it is written again as easily."""
    actor, organisation, form = current_actor(), _mine(organisation_id), ActionForm()
    response = carry_out(
        form,
        lambda: services.remove_other_name(actor, organisation, name_id=name_id, now=clock.now()),
        lambda _none: url_for("people.edit_other_names", organisation_id=organisation_id),
        lambda _none: _("The name is taken away."),
    )
    return response or (render_template("people/try_again.html", form=form), form.status)
