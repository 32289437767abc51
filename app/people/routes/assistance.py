"""Persons without an account and those who help them."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.errors import NotFound
from app.core.forms import ActionForm, carry_out
from app.core.permissions import can, require
from app.core.web import at_most_hourly, current_actor
from app.people import labels, queries, services
from app.people.addresses import normal_form
from app.people.forms import AccountForm, AssistedForm, HelperForm
from app.people.models import Assistance, Person
from app.people.routes.account import day_words
from app.people.routes.blueprint import blueprint


@blueprint.route("/assisted/new", methods=["GET", "POST"])
def register_assisted() -> Response | tuple[str, int]:
    """Register a person without an account, whom the reader helps from then on."""
    actor, form = current_actor(), AssistedForm()
    require(actor, "people.assist")
    response = carry_out(
        form,
        lambda: services.register_assisted(actor, form.assisted(), now=clock.now()),
        lambda _row: url_for("people.choose_acting"),
        lambda row: _(
            "%(name)s is registered. Their affiliation waits to be confirmed. Choose below when you write for them.",
            name=row.person.name,
        ),
    )
    notes = {code.value: note for code, note in labels.AFFILIATION_KIND_NOTES_OF_OTHERS.items()}
    return response or (render_template("people/register_assisted.html", form=form, kind_notes=notes), form.status)


@blueprint.route("/assistance/<uuid:assistance_id>/end", methods=["GET", "POST"])
def end_assistance(assistance_id: UUID) -> Response | tuple[str, int]:
    """Ask once more, on a page of its own; then end the help."""
    actor, form = current_actor(), ActionForm()
    assistance = queries.get_visible_assistance(actor, assistance_id)
    way_back = _way_back(assistance)
    response = carry_out(
        form,
        lambda: services.end_assistance(actor, assistance, now=clock.now()),
        lambda _row: way_back,
        lambda _row: _("The help has ended. What was written stays."),
    )
    return response or (
        render_template(
            "people/end_assistance.html", form=form, assistance=assistance, way_back=way_back, day_words=day_words
        ),
        form.status,
    )


def _way_back(assistance: Assistance) -> str:
    actor = current_actor()
    if actor.person_id == assistance.helper_id:
        return url_for("people.choose_acting")
    if actor.person_id == assistance.person_id:
        return url_for("people.account")
    return url_for("people.show_person", person_id=assistance.person_id)


@blueprint.route("/people/<uuid:person_id>/helpers/new", methods=["GET", "POST"])
@at_most_hourly(20)
def name_helper(person_id: UUID) -> Response | tuple[str, int]:
    """Name one more helper for a person without an account."""
    actor, form = current_actor(), HelperForm()
    person = _person_at_the_desk(person_id)

    def work() -> Assistance:
        account = queries.find_account(normal_form(str(form.email.data)))
        if account is None:
            raise services.NoHelper
        return services.name_helper(actor, person, helper=account.person, agreed=str(form.agreed.data), now=clock.now())

    response = carry_out(
        form,
        work,
        lambda _row: url_for("people.show_person", person_id=person_id),
        lambda _row: _("The helper is named. A mail tells them."),
    )
    return response or (render_template("people/name_helper.html", form=form, person=person), form.status)


@blueprint.route("/people/<uuid:person_id>/account/new", methods=["GET", "POST"])
def give_account(person_id: UUID) -> Response | tuple[str, int]:
    """Invite a person who has had no account so far."""
    actor, form = current_actor(), AccountForm()
    person = _person_at_the_desk(person_id)
    response = carry_out(
        form,
        lambda: services.give_account(actor, person, email=str(form.email.data), now=clock.now()),
        lambda _row: url_for("people.show_person", person_id=person_id),
        lambda _row: _("The invitation is on its way."),
    )
    return response or (render_template("people/give_account.html", form=form, person=person), form.status)


def _person_at_the_desk(person_id: UUID) -> Person:
    actor = current_actor()
    person = queries.get_visible_person(actor, person_id)
    if not can(actor, "people.open_desk"):
        raise NotFound
    return person
